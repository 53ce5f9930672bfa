namespace Crm.Web.Features.Leads.Api;

/// <summary>The desk in figures. Values are numbers here, not texts.</summary>
public sealed record StatsAnswer(
    int TotalLeads, int UserTotalLeads, int NewLeads, int ContactedLeads, int QualifiedLeads, int ConvertedLeads, int LostLeads, decimal TotalValue, decimal UserTotalValue,
    IReadOnlyDictionary<string, int> StatusDistribution, IReadOnlyDictionary<string, int> PriorityDistribution,
    IReadOnlyList<ActivityAnswer> RecentActivity, IReadOnlyList<UpcomingAnswer> UpcomingReminders, int OverdueRemindersCount, int TotalContacts, int TotalNotes);

/// <param name="User">The user name, or System.</param>
/// <param name="Action">Create, Update, Delete.</param>
public sealed record ActivityAnswer(Guid Id, string User, string Action, string Model, string Object, DateTime Timestamp);

/// <param name="Lead">The lead's name.</param>
public sealed record UpcomingAnswer(Guid Id, string Title, string Lead, DateTime Date);
