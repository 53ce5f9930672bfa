using Crm.Data.Leads;

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
    public bool Differs(LeadEdit other) => LeadFields.All.Any(f => f.Read(this) != f.Read(other));
}

/// <summary>One field of the form, so that two versions can be compared and joined.</summary>
/// <param name="Name">Property of <see cref="LeadEdit"/>.</param>
/// <param name="Read">What it says, trimmed; blank is null.</param>
/// <param name="Take">Puts the second's value into the first.</param>
public sealed record LeadField(string Name, string Label, Func<LeadEdit, string?> Read, Action<LeadEdit, LeadEdit> Take);

/// <summary>The fields of the form.</summary>
public static class LeadFields
{
    public static readonly IReadOnlyList<LeadField> All =
    [
        new(nameof(LeadEdit.Name), "Name", e => Text(e.Name), (to, from) => to.Name = from.Name),
        new(nameof(LeadEdit.Company), "Company", e => Text(e.Company), (to, from) => to.Company = from.Company),
        new(nameof(LeadEdit.Business), "Kind of business", e => Text(e.Business), (to, from) => to.Business = from.Business),
        new(nameof(LeadEdit.City), "City", e => Text(e.City), (to, from) => to.City = from.City),
        new(nameof(LeadEdit.Email), "E-mail", e => Text(e.Email), (to, from) => to.Email = from.Email),
        new(nameof(LeadEdit.Phone), "Phone", e => Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(nameof(LeadEdit.Priority), "Priority", e => LeadWords.Of(e.Priority), (to, from) => to.Priority = from.Priority),
        new(nameof(LeadEdit.Value), "Value", e => Text(e.Value), (to, from) => to.Value = from.Value),
        new(nameof(LeadEdit.Source), "Source", e => Text(e.Source), (to, from) => to.Source = from.Source),
        new(nameof(LeadEdit.OwnerId), "Agent", e => e.OwnerId?.ToString(), (to, from) => to.OwnerId = from.OwnerId),
        new(nameof(LeadEdit.Description), "Description", e => Text(e.Description), (to, from) => to.Description = from.Description),
        new(nameof(LeadEdit.NextStep), "Next step", e => Text(e.NextStep), (to, from) => to.NextStep = from.NextStep),
        new(nameof(LeadEdit.NextStepOn), "Day of the next step", e => e.NextStepOn?.ToString("O"), (to, from) => to.NextStepOn = from.NextStepOn),
        new(nameof(LeadEdit.NextStepTime), "Hour of the next step", e => e.NextStepTime?.ToString("HH:mm"), (to, from) => to.NextStepTime = from.NextStepTime),
    ];

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
