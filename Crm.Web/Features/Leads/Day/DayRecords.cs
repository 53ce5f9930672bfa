using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Day;

/// <summary>The lists of a day's work, the most pressing first.</summary>
public enum DayList { Late, Today, Stale, Given }

/// <summary>Something that waits: a reminder, a lead's next step, or a lead itself.</summary>
/// <param name="ReminderId">Of the reminder; null for a next step and for a lead.</param>
/// <param name="What">What is to be done; a lead's next step, if it has one.</param>
/// <param name="At">UTC: when it is due, when a stale lead was touched last, when a lead was given.</param>
/// <param name="Person">Whose it is; empty for nobody's.</param>
public sealed record DayRow(DayList List, Guid LeadId, string Lead, LeadStatus Status, Guid? ReminderId, string? What, DateTime At, string Person)
{
    /// <summary>Whether it can be ticked off.</summary>
    public bool IsTask => List is DayList.Late or DayList.Today;

    /// <summary>Whether it is the lead's next step, or a reminder of it.</summary>
    public bool IsStep { get; init; }

    /// <summary>Unique in its list.</summary>
    public Guid Key => ReminderId ?? LeadId;
}

/// <summary>How much waits, each counted to <see cref="DayQueries.MostCounted"/>.</summary>
public sealed record DayCounts(int LateReminders, int LateSteps, int TodayReminders, int TodaySteps, int Stale, int Given)
{
    public int Of(DayList list) => list switch
    {
        DayList.Late => LateReminders + LateSteps,
        DayList.Today => TodayReminders + TodaySteps,
        DayList.Stale => Stale,
        DayList.Given => Given,
    };

    public bool IsNothing => this == new DayCounts(0, 0, 0, 0, 0, 0);
}

/// <summary>A day's work: how much it is, and the beginning of each list.</summary>
public sealed record DayWork(DayCounts Counts, IReadOnlyList<DayRow> Rows)
{
    public IEnumerable<DayRow> Of(DayList list) => Rows.Where(r => r.List == list);
}
