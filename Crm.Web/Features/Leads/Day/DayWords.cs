using System.Globalization;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads.Day;

/// <summary>A day's work in words.</summary>
static class DayWords
{
    public static string Of(DayList list) => list switch
    {
        DayList.Late => "Overdue",
        DayList.Today => "Due today",
        DayList.Stale => "Going stale",
        DayList.Given => "New to work on",
    };

    public static string Nothing(DayList list) => list switch
    {
        DayList.Late => "Nothing is late.",
        DayList.Today => "Nothing more for today.",
        DayList.Stale => "Nobody is being forgotten.",
        DayList.Given => "Nothing was given that is not begun.",
    };

    public static string Count(int count) => count >= DayQueries.MostCounted ? $"{DayQueries.MostCounted - 1}+" : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Below the first line: which lead and when, or why a lead stands here.</summary>
    public static string Line(DayRow row, OwnClock clock) => row.List switch
    {
        DayList.Late => $"{row.Lead} · {NearTime.Late(Wall(row, clock), clock.Now)}",
        DayList.Today => $"{row.Lead} · {NearTime.Due(Wall(row, clock), clock.Now)}",
        DayList.Stale => $"{LeadWords.Of(row.Status)} · untouched for {NearTime.Span(clock.UtcNow - row.At)}",
        DayList.Given => $"{LeadWords.Of(row.Status)} · given {NearTime.Ago(row.At, clock.UtcNow)}",
    };

    /// <summary>The ways to all of a list, where the short one does not show it.</summary>
    public static IEnumerable<(string Href, string Words)> All(DayList list, DayCounts counts, bool everybody)
    {
        if (counts.Of(list) <= DayQueries.Rows) yield break;
        var (of, mine) = (everybody ? "&of=everybody" : "", everybody ? "" : "&agent=me");
        if (list is DayList.Late && counts.LateReminders > 0) yield return ($"/reminders?list=overdue{of}", $"All {Of(counts.LateReminders, "reminder")}");
        if (list is DayList.Late && counts.LateSteps > 0) yield return ($"/leads?when=late{mine}", $"All {Of(counts.LateSteps, "next step")}");
        if (list is DayList.Today && counts.TodayReminders > 0) yield return ($"/reminders?list=today{of}", $"All {Of(counts.TodayReminders, "reminder")}");
        if (list is DayList.Today && counts.TodaySteps > 0) yield return ($"/leads?when=today{mine}", $"All {Of(counts.TodaySteps, "next step")}");
        if (list is DayList.Stale) yield return ($"/leads?when=stale{mine}", $"All {Of(counts.Stale, "stale lead")}");
        if (list is DayList.Given) yield return ($"/leads?when=given{mine}", $"All {Of(counts.Given, "new lead")}");
    }

    private static string Of(int count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";

    private static DateTime Wall(DayRow row, OwnClock clock) => row.ReminderId is null ? clock.StepWall(row.At) : clock.ToLocal(row.At);
}
