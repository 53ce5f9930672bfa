using System.Security.Claims;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Access;

/// <summary>
/// What each role may do now: as it came, with the owner's changes laid over it. Answers from memory, so that every command can ask;
/// forgotten on any change of rights on any node, and never older than <see cref="MostAge"/>, for a node that missed the news.
/// </summary>
public sealed class Rights : IDisposable
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private readonly LiveMemory<IReadOnlyDictionary<(string, string), bool>> memory;
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;

    public Rights(CrmDatabase database, ChangeFeed feed, Hearing hearing)
    {
        this.database = database;
        memory = new(hearing, database.Clock, MostAge, mostKept: 1);
        subscription = feed.Remember([Crm.Data.ChangeKinds.User], topics =>
        {
            if (topics.Any(t => t.Id == Guid.Empty)) memory.Forget(Guid.Empty);
        });
    }

    /// <summary>Whether one of somebody's roles has it; a customer and a stranger have none.</summary>
    public bool Allow(ClaimsPrincipal user, Permission permission) =>
        user.IsInRole(Roles.Owner) || Roles.Staff.Any(role => user.IsInRole(role) && Allow(role, permission));

    /// <summary>Whether a role has it.</summary>
    public bool Allow(string role, Permission permission)
    {
        if (role == Roles.Owner) return true;
        if (!Roles.Staff.Contains(role)) return false;
        return Has(role, permission, Changed()) && (PermissionFacts.Of(permission).Needs is not { } needed || Has(role, needed, Changed()));
    }

    public void Dispose() => subscription.Dispose();

    private static bool Has(string role, Permission permission, IReadOnlyDictionary<(string, string), bool> changed)
    {
        var facts = PermissionFacts.Of(permission);
        return facts.WhyFixed(role) is null && changed.TryGetValue((role, permission.ToString()), out var granted) ? granted : facts.Default(role);
    }

    // Read without awaiting: a handful of rows, once after a change, so that asking for a right needs no await anywhere.
    private IReadOnlyDictionary<(string, string), bool> Changed()
    {
        if (memory.Recall(Guid.Empty) is { } known) return known;
        var ticket = memory.Begin();
        using var db = database.Open(Actor.System("rights"));
        var read = db.RolePermissions.AsNoTracking().Select(p => new { p.Role, p.Permission, p.Granted }).ToDictionary(p => (p.Role, p.Permission), p => p.Granted);
        memory.Keep(Guid.Empty, read, ticket);
        return read;
    }
}
