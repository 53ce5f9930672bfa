using System.Text.Json;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Leads;

/// <summary>Tells in words what a row of the audit trail says about a lead.</summary>
public sealed class LeadChanges(Shop shop)
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        [nameof(Lead.Name)] = "name",
        [nameof(Lead.Company)] = "company",
        [nameof(Lead.Business)] = "kind of business",
        [nameof(Lead.City)] = "city",
        [nameof(Lead.Email)] = "e-mail",
        [nameof(Lead.Phone)] = "phone",
        [nameof(Lead.Priority)] = "priority",
        [nameof(Lead.ValueMinor)] = "value",
        [nameof(Lead.Source)] = "source",
        [nameof(Lead.Description)] = "description",
        [nameof(Lead.OwnerId)] = "agent",
        [nameof(Lead.NextStep)] = "next step",
        [nameof(Lead.NextStepAt)] = "time of the next step",
    };

    /// <summary>What people call a field of a lead.</summary>
    internal static string LabelOf(string property) => Labels.GetValueOrDefault(property) ?? property switch
    {
        nameof(Lead.Status) => "stage",
        nameof(Lead.LostReason) => "reason of the loss",
        nameof(Lead.LostNote) => "note on the loss",
        nameof(Lead.ConvertedCustomerId) => "customer",
        _ => property,
    };

    /// <summary>The line, or null for a change that nobody needs to read about.</summary>
    /// <param name="after">JSON of the changed properties.</param>
    internal TimelineLine? Line(Guid id, DateTime at, string who, string? after, StaffRoster roster)
    {
        if (after is null) return null;
        using var json = JsonDocument.Parse(after);
        var now = json.RootElement;
        if (now.TryGetProperty(nameof(Lead.Status), out var status) && Enum.TryParse<LeadStatus>(status.GetString(), out var stage))
            return new TimelineLine(id, TimelineKind.Stage, at, who, stage is LeadStatus.Lost ? "marked it as" : "moved it to", LeadWords.Of(stage), WhyLost(now));

        var changed = Labels.Keys.Where(name => now.TryGetProperty(name, out _)).Select(name => (Name: name, Value: now.GetProperty(name))).ToList();
        if (changed.Count == 0) return null;
        if (changed is not [var only]) return Edited(id, at, who, $"changed {string.Join(", ", changed.Select(p => Labels[p.Name]))}", null);
        return (only.Name, only.Value.ValueKind) switch
        {
            (nameof(Lead.OwnerId), JsonValueKind.Null) => Edited(id, at, who, "took it from its agent", null),
            (nameof(Lead.OwnerId), _) => Edited(id, at, who, "gave it to", roster.NameOf(only.Value.GetGuid())),
            (nameof(Lead.ValueMinor), _) => Edited(id, at, who, "set the value to", shop.FormatWhole(new Money(only.Value.GetInt64()))),
            (nameof(Lead.Priority), _) when Enum.TryParse<LeadPriority>(only.Value.GetString(), out var priority) => Edited(id, at, who, "set the priority to", LeadWords.Of(priority)),
            (nameof(Lead.NextStep), JsonValueKind.String) => Edited(id, at, who, "planned:", only.Value.GetString()),
            (nameof(Lead.NextStepAt), _) => Edited(id, at, who, "put off the next step", null),
            _ => Edited(id, at, who, $"changed the {Labels[only.Name]}", null),
        };
    }

    private static string? WhyLost(JsonElement now)
    {
        if (!now.TryGetProperty(nameof(Lead.LostReason), out var reason) || !Enum.TryParse<LostReason>(reason.GetString(), out var why)) return null;
        var note = now.TryGetProperty(nameof(Lead.LostNote), out var text) ? text.GetString() : null;
        return note is null ? LeadWords.Of(why) : $"{LeadWords.Of(why)}: {note}";
    }

    private static TimelineLine Edited(Guid id, DateTime at, string who, string head, string? strong) =>
        new(id, TimelineKind.Edited, at, who, head, strong, null);
}
