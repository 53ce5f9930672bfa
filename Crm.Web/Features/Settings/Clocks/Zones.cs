using System.Collections.Frozen;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Settings.Clocks;

/// <summary>
/// By whose clock each person lives: the zone that they chose, else the shop's. From memory, so that every time on a screen can ask; read
/// anew after any change of users on any node.
/// </summary>
public sealed class Zones : IDisposable
{
    private readonly CrmDatabase database;
    private readonly Shop shop;
    private readonly IDisposable subscription;
    private FrozenDictionary<Guid, TimeZoneInfo> chosen = FrozenDictionary<Guid, TimeZoneInfo>.Empty;
    private readonly SemaphoreSlim turn = new(1, 1);

    public Zones(CrmDatabase database, Shop shop, ChangeFeed changes)
    {
        (this.database, this.shop) = (database, shop);
        subscription = changes.Subscribe([ChangeKinds.User], _ => LoadAsync(CancellationToken.None));
    }

    /// <summary>The zone of a person; the shop's for nobody.</summary>
    public TimeZoneInfo Of(Guid? userId) => userId is { } id && chosen.TryGetValue(id, out var zone) ? zone : shop.Zone;

    /// <summary>Reads what people chose; called at the start and after a change.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        // one after another: what whoever asks has just saved is known when this returns, and an older reading never comes last
        await turn.WaitAsync(ct);
        try
        {
            await using var db = database.Open(Actor.System("zones"));
            var rows = await db.Users.AsNoTracking().Where(u => u.TimeZone != null).Select(u => new { u.Id, u.TimeZone }).ToListAsync(ct);
            chosen = rows.Select(r => (r.Id, Zone: Find(r.TimeZone))).Where(r => r.Zone is not null).ToFrozenDictionary(r => r.Id, r => r.Zone!);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A zone by its IANA name, or null where this computer knows none of it.</summary>
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= User.TimeZoneLength } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    public void Dispose()
    {
        subscription.Dispose();
        turn.Dispose();
    }
}
