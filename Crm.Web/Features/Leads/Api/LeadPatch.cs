using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Api;

/// <summary>What a program says of a lead; null leaves it as it is, an empty text is none.</summary>
public sealed class LeadPatch
{
    public string? Name { get; set; }
    public string? Company { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Source { get; set; }
    public string? Description { get; set; }

    /// <summary>As <see cref="LeadEdit.Value"/>.</summary>
    public string? Value { get; set; }
    public LeadPriority? Priority { get; set; }
    public LeadStatus? Status { get; set; }

    /// <summary>Whether it is given to <see cref="OwnerId"/>, or to nobody.</summary>
    public bool Assigns { get; set; }
    public Guid? OwnerId { get; set; }

    internal void ApplyTo(LeadEdit edit)
    {
        edit.Name = Name ?? edit.Name;
        edit.Company = Company ?? edit.Company;
        edit.Email = Email ?? edit.Email;
        edit.Phone = Phone ?? edit.Phone;
        edit.Source = Source ?? edit.Source;
        edit.Description = Description ?? edit.Description;
        edit.Value = Value ?? edit.Value;
        edit.Priority = Priority ?? edit.Priority;
        if (Assigns) edit.OwnerId = OwnerId;
    }
}
