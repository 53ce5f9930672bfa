using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>The entries of some days.</summary>
/// <param name="IsCut">There are more than can be shown at once.</param>
public sealed record CalendarSpan(IReadOnlyList<CalendarEntry> Entries, bool IsCut);

/// <summary>Reads what stands in the calendar between two days: reminders, next steps and meetings of leads in sight.</summary>
public sealed class CalendarQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, Shop shop, OwnClock clock)
{
    /// <summary>Days at once.</summary>
    public const int MostDays = 42;

    /// <summary>Entries of each kind at once.</summary>
    public const int MostOfKind = 500;

    /// <summary>All of them by time.</summary>
    /// <param name="from">The first day, by the clock of whoever looks.</param>
    /// <param name="to">The day after the last; at most <see cref="MostDays"/> later.</param>
    /// <param name="everybody">Of the whole shop, for owner and managers; others get their own.</param>
    public async Task<Result<CalendarSpan>> ReadAsync(DateOnly from, DateOnly to, bool everybody, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (to.DayNumber - from.DayNumber is < 0 or > MostDays) to = from.AddDays(MostDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (roster, all) = (await staff.ReadAsync(ct), everybody && actor.IsManagement);
        var (start, end) = (clock.StartOf(from), clock.StartOf(to));
        var reminders = await RemindersAsync(db, start, end, all, roster, ct);
        var steps = await StepsAsync(db, start, end, all, roster, ct);
        var meetings = await MeetingsAsync(db, start, end, all, roster, ct);
        // a next step that somebody is reminded of stands there once
        var reminded = reminders.Select(r => (r.LeadId, r.At, r.Title)).ToHashSet();
        return new CalendarSpan([.. reminders.Concat(steps.Where(s => !reminded.Contains((s.LeadId, s.At, s.Title)))).Concat(meetings).OrderBy(e => e.At).ThenBy(e => e.Title, StringComparer.Ordinal).ThenBy(e => e.Id)],
            reminders.Count == MostOfKind || steps.Count == MostOfKind || meetings.Count == MostOfKind);
    }

    private async Task<List<CalendarEntry>> RemindersAsync(CrmDbContext db, DateTime start, DateTime end, bool all, StaffRoster roster, CancellationToken ct)
    {
        var seen = db.Leads.SeenBy(actor);
        var rows = await ReminderQueries.Rows(db, db.Reminders.AsNoTracking()
            .Where(r => r.DueAt >= start && r.DueAt < end && r.Status != ReminderStatus.Cancelled && (all || r.UserId == actor.UserId) && seen.Any(l => l.Id == r.LeadId))
            .OrderBy(r => r.DueAt).ThenBy(r => r.Id).Take(MostOfKind)).ToListAsync(ct);
        return [.. rows.Select(r => r.ToRow(roster)).Select(r => new CalendarEntry(CalendarKind.Reminder, r.Line.Id, r.LeadId, r.Lead, r.Line.Title, clock.ToLocal(r.Line.DueAt), r.Line.DueAt,
            r.Line.Person, r.Line.DoneAt is not null, r.Line.DoneAt is null && r.Line.DueAt < shop.Now, r.Line))];
    }

    private async Task<List<CalendarEntry>> StepsAsync(CrmDbContext db, DateTime start, DateTime end, bool all, StaffRoster roster, CancellationToken ct)
    {
        var moment = LeadMoment.Of(shop);
        var rows = await db.Leads.AsNoTracking().SeenBy(actor)
            .Where(l => l.NextStep != null && l.NextStepAt >= start && l.NextStepAt < end && (all || l.OwnerId == actor.UserId) && LeadStages.Open.Contains(l.Status))
            .OrderBy(l => l.NextStepAt).ThenBy(l => l.Id).Take(MostOfKind).Select(l => new { l.Id, l.Name, l.NextStep, At = l.NextStepAt!.Value, l.OwnerId }).ToListAsync(ct);
        return [.. rows.Select(l => new CalendarEntry(CalendarKind.NextStep, l.Id, l.Id, l.Name, l.NextStep!, clock.StepWall(l.At), l.At, l.OwnerId is { } owner ? roster.NameOf(owner) : "", false, moment.IsLate(l.At), null))];
    }

    private async Task<List<CalendarEntry>> MeetingsAsync(CrmDbContext db, DateTime start, DateTime end, bool all, StaffRoster roster, CancellationToken ct)
    {
        var rows = await (from talk in db.Correspondence.AsNoTracking()
                          join lead in db.Leads.SeenBy(actor) on talk.LeadId equals lead.Id
                          where talk.Kind == CorrespondenceKind.Meeting && talk.HappenedAt >= start && talk.HappenedAt < end && (all || talk.LoggedById == actor.UserId)
                          orderby talk.HappenedAt, talk.Id
                          select new { talk.Id, talk.LeadId, lead.Name, talk.Subject, talk.HappenedAt, talk.LoggedById }).Take(MostOfKind).ToListAsync(ct);
        return [.. rows.Select(m => new CalendarEntry(CalendarKind.Meeting, m.Id, m.LeadId, m.Name, m.Subject, clock.ToLocal(m.HappenedAt), m.HappenedAt,
            m.LoggedById is { } by ? roster.NameOf(by) : "", m.HappenedAt <= shop.Now, false, null))];
    }
}
