using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Access;

/// <summary>
/// Who works here, for every room that shows a colleague's name or gives work to one: from memory, read anew after any change
/// of users on any node. It asks nobody for a right, so the service that hands names out does.
/// </summary>
public sealed class StaffDirectory : IDisposable
{
    private readonly LiveMemory<StaffRoster> memory;
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;

    public StaffDirectory(CrmDatabase database, ChangeFeed feed, Hearing hearing)
    {
        this.database = database;
        memory = new(hearing, database.Clock, TimeSpan.MaxValue, mostKept: 1);
        subscription = feed.Remember([ChangeKinds.User], _ => memory.Forget(Guid.Empty));
    }

    /// <summary>The colleagues as they are now; a snapshot to look many names up in.</summary>
    public async Task<StaffRoster> ReadAsync(CancellationToken ct) => (await memory.RecallAsync(Guid.Empty, RosterAsync, ct))!;

    public void Dispose() => subscription.Dispose();

    private async Task<StaffRoster?> RosterAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("staff directory"));
        return new StaffRoster(await MembersAsync(db, ct));
    }

    private static async Task<List<StaffMember>> MembersAsync(CrmDbContext db, CancellationToken ct)
    {
        var rows = await (
            from user in db.Users.AsNoTracking()
            join held in db.UserRoles on user.Id equals held.UserId
            join role in db.Roles on held.RoleId equals role.Id
            where Roles.Staff.Contains(role.Name)
            select new { user.Id, user.FirstName, user.LastName, user.UserName, user.IsActive, Role = role.Name! }).ToListAsync(ct);
        return [.. rows.GroupBy(r => r.Id).Select(held => held.MinBy(r => Array.IndexOf(Roles.Staff, r.Role))!)
            .Select(r => new StaffMember(r.Id, User.NameOf(r.FirstName, r.LastName, r.UserName), r.Role, r.IsActive))];
    }
}

/// <summary>Somebody who works here, or did until the account was switched off.</summary>
/// <param name="Role">The highest that they hold.</param>
public sealed record StaffMember(Guid Id, string Name, string Role, bool IsActive);

/// <summary>The staff at one moment.</summary>
public sealed class StaffRoster(IEnumerable<StaffMember> members)
{
    private readonly Dictionary<Guid, StaffMember> byId = members.ToDictionary(m => m.Id);

    /// <summary>Who can be given work: active, by name.</summary>
    public IReadOnlyList<StaffMember> Assignable { get; } =
        [.. members.Where(m => m.IsActive).OrderBy(m => Folding.Fold(m.Name), StringComparer.Ordinal)];

    public StaffMember? Find(Guid? id) => id is { } known ? byId.GetValueOrDefault(known) : null;

    /// <summary>The name to show; work of somebody who no longer has a staff role keeps a stand-in.</summary>
    public string NameOf(Guid id) => Find(id)?.Name ?? "Former colleague";
}
