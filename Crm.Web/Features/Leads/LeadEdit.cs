using Crm.Data.Leads;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>A lead as its form holds it: texts as they are typed, checked only when saved.</summary>
public sealed class LeadEdit
{
    public string? Name { get; set; }
    public string? Company { get; set; }
    public string? Business { get; set; }
    public string? City { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public LeadPriority Priority { get; set; } = LeadPriority.Medium;
    public string? Value { get; set; }
    public string? Source { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Description { get; set; }
    public string? NextStep { get; set; }

    /// <summary>The shop's calendar day.</summary>
    public DateOnly? NextStepOn { get; set; }

    /// <summary>The shop's wall clock; none is the whole day.</summary>
    public TimeOnly? NextStepTime { get; set; }

    public LeadEdit Copy() => (LeadEdit)MemberwiseClone();

    /// <summary>Whether any field says something else.</summary>
    public bool Differs(LeadEdit other) => FormJoin.Differ(LeadFields.All, this, other);
}

/// <summary>The fields of the form.</summary>
public static class LeadFields
{
    public static readonly IReadOnlyList<FormField<LeadEdit>> All =
    [
        new(nameof(LeadEdit.Name), "Name", e => FormJoin.Text(e.Name), (to, from) => to.Name = from.Name),
        new(nameof(LeadEdit.Company), "Company", e => FormJoin.Text(e.Company), (to, from) => to.Company = from.Company),
        new(nameof(LeadEdit.Business), "Kind of business", e => FormJoin.Text(e.Business), (to, from) => to.Business = from.Business),
        new(nameof(LeadEdit.City), "City", e => FormJoin.Text(e.City), (to, from) => to.City = from.City),
        new(nameof(LeadEdit.Email), "E-mail", e => FormJoin.Text(e.Email), (to, from) => to.Email = from.Email),
        new(nameof(LeadEdit.Phone), "Phone", e => FormJoin.Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(nameof(LeadEdit.Priority), "Priority", e => LeadWords.Of(e.Priority), (to, from) => to.Priority = from.Priority),
        new(nameof(LeadEdit.Value), "Value", e => FormJoin.Text(e.Value), (to, from) => to.Value = from.Value),
        new(nameof(LeadEdit.Source), "Source", e => FormJoin.Text(e.Source), (to, from) => to.Source = from.Source),
        new(nameof(LeadEdit.OwnerId), "Agent", e => e.OwnerId?.ToString(), (to, from) => to.OwnerId = from.OwnerId),
        new(nameof(LeadEdit.Description), "Description", e => FormJoin.Text(e.Description), (to, from) => to.Description = from.Description),
        new(nameof(LeadEdit.NextStep), "Next step", e => FormJoin.Text(e.NextStep), (to, from) => to.NextStep = from.NextStep),
        new(nameof(LeadEdit.NextStepOn), "Day of the next step", e => e.NextStepOn?.ToString("O"), (to, from) => to.NextStepOn = from.NextStepOn),
        new(nameof(LeadEdit.NextStepTime), "Hour of the next step", e => e.NextStepTime?.ToString("HH:mm"), (to, from) => to.NextStepTime = from.NextStepTime),
    ];
}
