using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>A contact as its form holds it.</summary>
public sealed class LeadContactEdit
{
    public string? Name { get; set; }
    public string? Position { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Notes { get; set; }

    /// <summary>The one to call first; a lead has exactly one as soon as it has contacts.</summary>
    public bool IsPrimary { get; set; }

    public LeadContactEdit Copy() => (LeadContactEdit)MemberwiseClone();

    public static readonly IReadOnlyList<FormField<LeadContactEdit>> Fields =
    [
        new(nameof(Name), "Name", e => FormJoin.Text(e.Name), (to, from) => to.Name = from.Name),
        new(nameof(Position), "Position", e => FormJoin.Text(e.Position), (to, from) => to.Position = from.Position),
        new(nameof(Email), "E-mail", e => FormJoin.Text(e.Email), (to, from) => to.Email = from.Email),
        new(nameof(Phone), "Phone", e => FormJoin.Text(e.Phone), (to, from) => to.Phone = from.Phone),
        new(nameof(Notes), "Notes", e => FormJoin.Text(e.Notes), (to, from) => to.Notes = from.Notes),
        new(nameof(IsPrimary), "Call first", e => e.IsPrimary ? "yes" : "no", (to, from) => to.IsPrimary = from.IsPrimary),
    ];
}
