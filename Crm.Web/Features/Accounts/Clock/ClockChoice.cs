using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Times;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Clock;

/// <summary>By whose clock somebody reads and plans.</summary>
public sealed class ClockForm
{
    /// <summary>IANA name; empty is the shop's.</summary>
    [StringLength(User.TimeZoneLength)] public string? Zone { get; set; }
}

/// <summary>Zones of one part of the world.</summary>
public sealed record ZoneGroup(string Name, IReadOnlyList<ZoneRow> Zones);

/// <summary>A zone to choose.</summary>
/// <param name="Label">"Port-au-Prince, 14:05".</param>
public sealed record ZoneRow(string Id, string Label);

/// <summary>This zone is not in the computer's list.</summary>
public sealed record ZoneUnknown() : InvalidError(nameof(ClockForm.Zone), "Choose a zone from the list.");

/// <summary>The zone that staff choose for themselves; every screen, mail and calendar of theirs follows at once.</summary>
public sealed class ClockChoice(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Zones zones, Shop shop)
{
    private static readonly string[] Parts = ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    /// <summary>What they chose.</summary>
    public async Task<Result<ClockForm>> ReadAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new ClockForm { Zone = await db.Users.Where(u => u.Id == actor.UserId).Select(u => u.TimeZone).SingleOrDefaultAsync(ct) };
    }

    /// <summary>All there is to choose, with the time that it is there now.</summary>
    internal IReadOnlyList<ZoneGroup> Choices()
    {
        var now = shop.Now;
        return [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && z.Id.Length <= User.TimeZoneLength).Select(z => (Zone: z, At: z.Id.IndexOf('/', StringComparison.Ordinal)))
            .Where(z => z.At > 0 && Parts.Contains(z.Zone.Id[..z.At])).GroupBy(z => z.Zone.Id[..z.At]).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ZoneGroup(g.Key, [.. g.OrderBy(z => z.Zone.Id, StringComparer.Ordinal)
                .Select(z => new ZoneRow(z.Zone.Id, $"{z.Zone.Id[(z.At + 1)..].Replace('_', ' ')}, {z.Zone.ToWall(now).ToString("HH:mm", CultureInfo.InvariantCulture)}"))]))];
    }

    /// <summary>Saves the choice.</summary>
    /// <returns>Done, or <see cref="ZoneUnknown"/>.</returns>
    public async Task<Result<Done>> SaveAsync(ClockForm form, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (actor.UserId is not { } me) return new ForbiddenError();
        var zone = string.IsNullOrWhiteSpace(form.Zone) ? null : form.Zone.Trim();
        if (zone is not null && Zones.Find(zone) is null) return new ZoneUnknown();
        var saved = await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            (await db.Users.SingleAsync(u => u.Id == me, ct)).TimeZone = zone;
            return default(Done);
        }, ct);
        await zones.LoadAsync(ct);
        return saved;
    }
}
