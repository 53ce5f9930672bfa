using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>What other programs call the stages and priorities of this shop's board.</summary>
static class IntakeStages
{
    private static readonly Dictionary<string, LeadStatus> Stages = Table(
        (LeadStatus.New, ["new", "open", "lead", "subscriber", "not contacted", "to do", "todo", "unread", "assigned", "recycled", "nouveau", "mpya"]),
        (LeadStatus.Contacted, ["contacted", "attempted to contact", "connected", "in progress", "in process", "follow up", "contact in future", "bad timing", "screening", "meeting", "working", "prospect", "nurturing"]),
        (LeadStatus.Qualified, ["qualified", "pre qualified", "open deal", "marketing qualified lead", "sales qualified lead", "opportunity", "negotiation", "proposal", "quote sent", "proposal sent"]),
        (LeadStatus.Lost, ["lost", "lost lead", "dead", "junk lead", "junk", "unqualified", "not qualified", "closed lost", "disqualified", "cold"]),
        (LeadStatus.Converted, ["converted", "won", "closed won", "customer", "evangelist"]));

    private static readonly Dictionary<string, LeadPriority> Priorities = Table(
        (LeadPriority.Low, ["low", "cold", "1", "shut down"]),
        (LeadPriority.Medium, ["medium", "normal", "warm", "2", "active"]),
        (LeadPriority.High, ["high", "hot", "urgent", "3", "acquired"]));

    /// <summary>The stage that a word means, or null for one that nobody knows.</summary>
    public static LeadStatus? StageOf(string word) => Stages.TryGetValue(Key(word), out var stage) ? stage : null;

    /// <summary>The priority that a word means, or null for one that nobody knows.</summary>
    public static LeadPriority? PriorityOf(string word) => Priorities.TryGetValue(Key(word), out var priority) ? priority : null;

    private static string Key(string word) => string.Join(' ', Folding.Words(word));

    private static Dictionary<string, T> Table<T>(params (T Value, string[] Words)[] rows) where T : struct =>
        rows.SelectMany(r => r.Words.Select(w => (w, r.Value))).ToDictionary(r => r.w, r => r.Value);
}
