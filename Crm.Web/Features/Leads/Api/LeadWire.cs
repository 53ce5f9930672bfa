using System.Globalization;
using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Values in the words of the API's clients.</summary>
static class LeadWire
{
    public static string Of(LeadStatus status) => status.ToString().ToLowerInvariant();
    public static string Of(LeadPriority priority) => priority.ToString().ToLowerInvariant();
    public static string Of(ReminderStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Clients know no messengers.</summary>
    public static string Of(CorrespondenceKind kind) => kind is CorrespondenceKind.WhatsApp ? Of(CorrespondenceKind.Other) : kind.ToString().ToLowerInvariant();

    public static LeadStatus? StatusOf(string word) => Find<LeadStatus>(word);
    public static LeadPriority? PriorityOf(string word) => Find<LeadPriority>(word);
    public static ReminderStatus? ReminderOf(string word) => Find<ReminderStatus>(word);
    public static CorrespondenceKind? KindOf(string word) => Find<CorrespondenceKind>(word);

    /// <summary>With two places; null while nobody has estimated it.</summary>
    public static string? Amount(long minor) => minor == 0 ? null : new Money(minor).Major.ToString("0.00", CultureInfo.InvariantCulture);

    private static T? Find<T>(string word) where T : struct, Enum =>
        Array.Find(Enum.GetValues<T>(), value => value.ToString().ToLowerInvariant() == word) is var found && found.ToString().ToLowerInvariant() == word ? found : null;
}
