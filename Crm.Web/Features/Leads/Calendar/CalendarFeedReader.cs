using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.ICalendar;
using Crm.Web.Platform.Times;
using Crm.Web.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>
/// Reads what a secret address shows: the open reminders and next steps of its holder, by the same rules of sight as on screen. The secret
/// is the proof; an address that is off, and one of somebody who left, shows nothing.
/// </summary>
public sealed class CalendarFeedReader(CrmDatabase database, StaffDirectory staff, Rights rights, PublicAddress address, Shop shop, Zones zones)
{
    private const int Most = 500;
    private const int DaysBack = 60;
    private const int DaysAhead = 730;
    private static readonly TimeSpan SightingEvery = TimeSpan.FromHours(1);

    /// <summary>The calendar as text, or null for an address that shows nothing.</summary>
    public async Task<string?> ReadAsync(string secret, CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("calendar feed"));
        var hash = CalendarFeeds.HashOf(secret);
        var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.TokenHash == hash, ct);
        if (feed is null || (await staff.ReadAsync(ct)).Find(feed.UserId) is not { IsActive: true } holder) return null;
        await NoteAsync(db, feed, ct);
        return IcsWriter.Write(new IcsCalendar($"{shop.Settings.Name} · {holder.Name}", zones.Of(holder.Id), [.. await RemindersAsync(db, holder, ct), .. await StepsAsync(db, holder, ct)]));
    }

    private async Task<List<IcsEvent>> RemindersAsync(CrmDbContext db, StaffMember holder, CancellationToken ct)
    {
        var zone = zones.Of(holder.Id);
        var seen = db.Leads.SeenBy(holder.Id, rights.Allow(holder.Role, Permission.SeeAllLeads));
        var (from, to) = (shop.Now.AddDays(-DaysBack), shop.Now.AddDays(DaysAhead));
        var rows = await (from r in db.Reminders.AsNoTracking()
                          join l in seen on r.LeadId equals l.Id
                          where r.UserId == holder.Id && r.DoneAt == null && r.Status != ReminderStatus.Cancelled && r.DueAt >= @from && r.DueAt < to
                          orderby r.DueAt, r.Id
                          select new { Reminder = r, Lead = l.Name }).Take(Most).ToListAsync(ct);
        var events = new List<IcsEvent>();
        foreach (var row in rows)
        {
            var r = row.Reminder;
            var rule = r.Repeat is ReminderRepeat.Never ? null : RuleOf(r.Repeat, await ReminderSeries.RhythmAsync(db, r.DueAt, r.FollowsId, zone, ct));
            events.Add(new IcsEvent(r.Id.ToString(), rule is null ? IcsStart.At(r.DueAt) : IcsStart.AtWall(zone.ToWall(r.DueAt)), $"{r.Title} · {row.Lead}", r.UpdatedAt)
            {
                Description = r.Description,
                Url = Link(r.LeadId),
                CreatedAt = r.CreatedAt,
                Sequence = r.Version,
                Rule = rule,
                Rings = true,
            });
        }
        return events;
    }

    private async Task<List<IcsEvent>> StepsAsync(CrmDbContext db, StaffMember holder, CancellationToken ct)
    {
        var (from, to) = (shop.Now.AddDays(-DaysBack), shop.Now.AddDays(DaysAhead));
        var rows = await db.Leads.AsNoTracking().Where(l => l.OwnerId == holder.Id && LeadStages.Open.Contains(l.Status) && l.NextStep != null && l.NextStepAt >= from && l.NextStepAt < to)
            .OrderBy(l => l.NextStepAt).ThenBy(l => l.Id).Take(Most).Select(l => new { l.Id, l.Name, l.NextStep, At = l.NextStepAt!.Value, l.UpdatedAt, l.CreatedAt, l.Version }).ToListAsync(ct);
        return [.. rows.Select(l => new IcsEvent($"next-{l.Id}", shop.ToLocal(l.At) is var wall && wall.TimeOfDay == TimeSpan.Zero ? IcsStart.On(DateOnly.FromDateTime(wall)) : IcsStart.At(l.At),
            $"{l.NextStep} · {l.Name}", l.UpdatedAt) { Url = Link(l.Id), CreatedAt = l.CreatedAt, Sequence = l.Version })];
    }

    /// <summary>How a reminder comes again, as calendar programs read it: the 31st is the last day of a shorter month.</summary>
    internal static string RuleOf(ReminderRepeat repeat, ReminderRhythm rhythm) => repeat switch
    {
        ReminderRepeat.Daily or ReminderRepeat.Never => "FREQ=DAILY",
        ReminderRepeat.Weekdays => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ReminderRepeat.Weekly => "FREQ=WEEKLY",
        ReminderRepeat.Monthly when rhythm.Day <= 28 => $"FREQ=MONTHLY;BYMONTHDAY={rhythm.Day}",
        ReminderRepeat.Monthly => $"FREQ=MONTHLY;BYMONTHDAY={string.Join(',', Enumerable.Range(28, rhythm.Day - 27))};BYSETPOS=-1",
        ReminderRepeat.Yearly => "FREQ=YEARLY",
    };

    private string? Link(Guid leadId) => address.Known is null ? null : address.Of($"/leads/{leadId}");

    private async Task NoteAsync(CrmDbContext db, CalendarFeed feed, CancellationToken ct)
    {
        var (now, before) = (shop.Now, shop.Now - SightingEvery);
        if (feed.ReadAt > before) return;
        await using var write = await db.BeginWriteAsync(ct);
        await db.CalendarFeeds.Where(f => f.UserId == feed.UserId && f.TokenHash == feed.TokenHash).ExecuteUpdateAsync(set => set.SetProperty(f => f.ReadAt, now), ct);
        await write.CommitAsync(ct);
    }
}
