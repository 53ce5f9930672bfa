using System.Collections.Concurrent;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Api;

/// <summary>An account as it stands on records.</summary>
public sealed record ApiUser(Guid Id, string Username, string Email, string FirstName, string LastName, string Role, string Phone);

/// <summary>
/// The people who stand on records, by id, from memory: forgotten when their account changes, and never older than <see cref="MostAge"/>.
/// It asks nobody for a right: whoever reads a record reads who stands on it.
/// </summary>
public sealed class ApiPeople : IDisposable
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private const int MostKept = 20_000;

    private readonly CrmDatabase database;
    private readonly IDisposable subscription;
    private Generation generation;

    public ApiPeople(CrmDatabase database, ChangeFeed feed)
    {
        this.database = database;
        generation = new Generation(database.Clock.GetUtcNow());
        subscription = feed.Remember([ChangeKinds.User], _ => Volatile.Write(ref generation, new Generation(database.Clock.GetUtcNow())));
    }

    /// <summary>Those of the ids who have an account.</summary>
    public async Task<IReadOnlyDictionary<Guid, ApiUser>> OfAsync(IEnumerable<Guid?> ids, CancellationToken ct)
    {
        var now = Now();
        var (found, missing) = (new Dictionary<Guid, ApiUser>(), new List<Guid>());
        foreach (var id in ids.OfType<Guid>().Distinct())
        {
            if (now.Known.TryGetValue(id, out var known)) found[id] = known;
            else missing.Add(id);
        }
        if (missing.Count == 0) return found;
        foreach (var user in await ReadAsync(missing, ct)) found[user.Id] = now.Known[user.Id] = user;
        return found;
    }

    /// <summary>The account of an id, or null.</summary>
    public async Task<ApiUser?> FindAsync(Guid id, CancellationToken ct) => (await OfAsync([id], ct)).GetValueOrDefault(id);

    public void Dispose() => subscription.Dispose();

    private Generation Now()
    {
        var (now, known) = (database.Clock.GetUtcNow(), Volatile.Read(ref generation));
        if (now - known.Begun < MostAge && known.Known.Count < MostKept) return known;
        Volatile.Write(ref generation, known = new Generation(now));
        return known;
    }

    private async Task<List<ApiUser>> ReadAsync(List<Guid> ids, CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("people on records"));
        var rows = await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new
        {
            u.Id,
            u.UserName,
            u.Email,
            u.FirstName,
            u.LastName,
            u.PhoneNumber,
            Roles = db.UserRoles.Where(r => r.UserId == u.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
        }).ToListAsync(ct);
        return rows.ConvertAll(u => new ApiUser(u.Id, u.UserName ?? "", u.Email ?? "", u.FirstName, u.LastName, ApiRoles.NameOf(u.Roles), u.PhoneNumber ?? ""));
    }

    private sealed record Generation(DateTimeOffset Begun)
    {
        public ConcurrentDictionary<Guid, ApiUser> Known { get; } = new();
    }
}
