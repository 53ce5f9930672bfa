using System.Globalization;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Times;
using Crm.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Digest;

/// <summary>
/// Once a week, on the morning that the owner chose by the shop's clock, tells every owner by mail which leads are being forgotten. The
/// mail's key names the week, so that it leaves once however often, and on however many nodes, this runs.
/// </summary>
public sealed class StaleDigest(IDbContextFactory<CrmDbContext> contexts, StaffDirectory staff, Mailer mailer, Shop shop) : IBackgroundJob
{
    /// <summary>Leads that a mail names; it counts the others.</summary>
    public const int Most = 15;

    private static readonly TimeOnly Morning = new(8, 0);

    /// <summary>A shop that was closed in the morning still tells it within the day.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var (settings, now) = (shop.Pipeline, shop.Now);
        if (!settings.MailsDigest) return "The digest is off.";
        if (WeekOf(now, settings.DigestOn, shop.Zone) is not { } week) return "Not its morning.";
        var owners = (await staff.ReadAsync(ct)).Assignable.Where(m => m.Role == Roles.Owner).Select(m => m.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var keys = owners.ToDictionary(id => id, id => KeyOf(week, id));
        var told = await db.OutboxMessages.AsNoTracking().Where(m => keys.Values.Contains(m.Key)).Select(m => m.Key).ToListAsync(ct);
        var to = await db.Users.AsNoTracking().Where(u => owners.Contains(u.Id) && u.Email != null).Select(u => new { u.Id, u.Email, u.FirstName, u.LastName }).ToListAsync(ct);
        to.RemoveAll(u => told.Contains(keys[u.Id]));
        if (to.Count == 0) return "Told this week already.";

        var stale = db.Leads.AsNoTracking().Stale(settings.BordersAt(now));
        var count = await stale.CountAsync(ct);
        if (count == 0) return "Nobody is being forgotten.";
        var roster = await staff.ReadAsync(ct);
        var rows = await stale.OrderBy(l => l.TouchedAt).ThenBy(l => l.Id).Take(Most).Select(l => new { l.Id, l.Name, l.Status, l.TouchedAt, l.OwnerId }).ToListAsync(ct);
        var lines = rows.ConvertAll(l => new MailLine(l.Name, $"{LeadWords.Of(l.Status)}, untouched for {NearTime.Span(now - l.TouchedAt)}, {(l.OwnerId is { } owner ? roster.NameOf(owner) : "nobody’s")}", $"/leads/{l.Id}"));
        foreach (var owner in to)
            mailer.Post(db, keys[owner.Id], owner.Email!, $"{owner.FirstName} {owner.LastName}".Trim(), new StaleDigestMail(owner.FirstName, Count(count), count > lines.Count ? Count(count - lines.Count) : "", lines, "/leads?when=stale", "/settings/pipeline"));
        await db.SaveChangesAsync(ct);
        return to.Count == 1 ? "1 owner told." : $"{to.Count} owners told.";
    }

    /// <summary>Names the one mail of a week to somebody.</summary>
    internal static string KeyOf(DateOnly week, Guid owner) => string.Create(CultureInfo.InvariantCulture, $"stale-digest:{week:yyyy-MM-dd}:{owner:N}");

    /// <summary>The Monday of the week whose mail is to be sent at this instant, or null.</summary>
    internal static DateOnly? WeekOf(DateTime now, DayOfWeek on, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(zone.ToWall(now));
        foreach (var day in new[] { today, today.AddDays(-1) }.Where(d => d.DayOfWeek == on))
            if (zone.ToInstant(day.ToDateTime(Morning)) is var at && at <= now && now < at + Window) return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return null;
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
