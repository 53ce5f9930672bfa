using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Day;

/// <summary>The conditions of a day's lists, each along an index, and the two statements made of them.</summary>
/// <param name="of">Whose day; null for everybody's.</param>
sealed class DayParts(CrmDbContext db, IQueryable<Lead> seen, bool all, Guid? of, DayBorders at)
{
    /// <summary>A row of any list, before people's names are known.</summary>
    internal sealed class Found
    {
        public int List { get; init; }
        public Guid LeadId { get; init; }
        public required string Lead { get; init; }
        public LeadStatus Status { get; init; }
        public Guid RowId { get; init; }
        public bool IsReminder { get; init; }
        public bool IsStep { get; init; }
        public string? What { get; init; }
        public DateTime At { get; init; }
        public Guid? UserId { get; init; }

        public DayRow ToRow(StaffRoster roster) => new((DayList)List, LeadId, Lead, Status, IsReminder ? RowId : null, What, At, UserId is { } user ? roster.NameOf(user) : "") { IsStep = IsStep };
    }

    private IQueryable<Reminder> LateReminders => Reminders.Where(r => r.DueAt < at.Now);
    private IQueryable<Reminder> TodayReminders => Reminders.Where(r => r.DueAt >= at.Now && r.DueAt < at.End);

    // A step without an hour is late only when its day is over.
    private IQueryable<Lead> LateSteps => Steps.Where(l => l.NextStepAt < at.Now && l.NextStepAt != at.WholeToday);
    private IQueryable<Lead> TodaySteps => Steps.Where(l => l.NextStepAt >= at.Now && l.NextStepAt < at.End && l.NextStepAt != at.WholeTomorrow || l.NextStepAt == at.WholeToday);
    private IQueryable<Lead> Stale => Own.Stale(at.Stale);
    private IQueryable<Lead> Given => Open.Where(l => l.AssignedAt >= at.GivenSince && l.TouchedAt <= l.AssignedAt);

    private IQueryable<Lead> Own => of is null ? seen : seen.Where(l => l.OwnerId == of);
    private IQueryable<Lead> Open => Own.Where(l => LeadStages.Open.Contains(l.Status));

    // a step that somebody is reminded of stands there once, as the reminder
    private IQueryable<Lead> Steps
    {
        get
        {
            var reminders = Reminders;
            return Open.Where(l => l.NextStep != null && !reminders.Any(r => r.LeadId == l.Id && r.DueAt == l.NextStepAt && r.Title == l.NextStep));
        }
    }

    private IQueryable<Reminder> Reminders
    {
        get
        {
            var open = db.Reminders.AsNoTracking().Where(r => r.DoneAt == null && r.Status != ReminderStatus.Cancelled);
            if (of is not null) open = open.Where(r => r.UserId == of);
            return all ? open : open.Where(r => seen.Any(l => l.Id == r.LeadId));
        }
    }

    /// <summary>How much of each there is, in one row.</summary>
    public IQueryable<DayCounts> Counts(Guid me) => db.Users.Where(u => u.Id == me).Select(_ => new DayCounts(
        LateReminders.Take(DayQueries.MostCounted).Count(), LateSteps.Take(DayQueries.MostCounted).Count(),
        TodayReminders.Take(DayQueries.MostCounted).Count(), TodaySteps.Take(DayQueries.MostCounted).Count(),
        Stale.Take(DayQueries.MostCounted).Count(), Given.Take(DayQueries.MostCounted).Count()));

    /// <summary>The beginning of each list; reminders and steps, and the stages of stale leads, each with as many as the whole list shows.</summary>
    public IQueryable<Found> Rows() => Of(DayList.Late, LateReminders).Concat(OfSteps(DayList.Late, LateSteps))
        .Concat(Of(DayList.Today, TodayReminders)).Concat(OfSteps(DayList.Today, TodaySteps))
        .Concat(OfStale(LeadStatus.New)).Concat(OfStale(LeadStatus.Contacted)).Concat(OfStale(LeadStatus.Qualified))
        .Concat(Given.OrderByDescending(l => l.AssignedAt).ThenBy(l => l.Id).Take(DayQueries.Rows).Select(l => new Found
        {
            List = (int)DayList.Given,
            LeadId = l.Id,
            Lead = l.Name,
            Status = l.Status,
            RowId = l.Id,
            IsReminder = false,
            IsStep = false,
            What = l.NextStep,
            At = l.AssignedAt!.Value,
            UserId = l.OwnerId,
        }));

    private IQueryable<Found> Of(DayList list, IQueryable<Reminder> reminders) => reminders.OrderBy(r => r.DueAt).ThenBy(r => r.Id).Take(DayQueries.Rows)
        .Join(db.Leads, r => r.LeadId, l => l.Id, (r, l) => new Found
        {
            List = (int)list,
            LeadId = l.Id,
            Lead = l.Name,
            Status = l.Status,
            RowId = r.Id,
            IsReminder = true,
            IsStep = l.NextStep == r.Title && l.NextStepAt == r.DueAt,
            What = r.Title,
            At = r.DueAt,
            UserId = r.UserId,
        });

    private static IQueryable<Found> OfSteps(DayList list, IQueryable<Lead> leads) => leads.OrderBy(l => l.NextStepAt).ThenBy(l => l.Id).Take(DayQueries.Rows).Select(l => new Found
    {
        List = (int)list,
        LeadId = l.Id,
        Lead = l.Name,
        Status = l.Status,
        RowId = l.Id,
        IsReminder = false,
        IsStep = true,
        What = l.NextStep,
        At = l.NextStepAt!.Value,
        UserId = l.OwnerId,
    });

    private IQueryable<Found> OfStale(LeadStatus status)
    {
        var before = at.Stale.Of(status);
        return Own.Where(l => l.Status == status && l.TouchedAt < before).OrderBy(l => l.TouchedAt).ThenBy(l => l.Id).Take(DayQueries.Rows).Select(l => new Found
        {
            List = (int)DayList.Stale,
            LeadId = l.Id,
            Lead = l.Name,
            Status = l.Status,
            RowId = l.Id,
            IsReminder = false,
            IsStep = false,
            What = l.NextStep,
            At = l.TouchedAt,
            UserId = l.OwnerId,
        });
    }
}
