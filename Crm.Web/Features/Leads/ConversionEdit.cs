using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>A customer that a lead may already be.</summary>
/// <param name="Why">What they share: "same phone".</param>
public sealed record ConversionCandidate(Guid Id, string Name, string Line, string? Why);

/// <summary>The conversion of a lead, looked back at.</summary>
/// <param name="Hindrance">Why it cannot be taken back; null when nothing stands in the way.</param>
public sealed record ConversionBack(Guid ChangeId, string? Hindrance);

/// <summary>The customer that a lead becomes: a known one, or a new one of these fields.</summary>
public sealed class ConversionEdit
{
    public Guid? CustomerId { get; set; }

    /// <summary>The customer that the lead was linked to already when it was looked at.</summary>
    public Guid? LinkedId { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>The opportunity that is made with it, if one is; whose it is follows from the lead.</summary>
    public OpportunityEdit? Deal { get; set; }

    /// <summary>Id of that opportunity, where whoever asks has chosen one: the same wish sent twice makes one.</summary>
    public Guid? DealId { get; set; }

    /// <summary>A new customer as the lead suggests: its primary contact, else itself.</summary>
    /// <param name="country">ISO 3166 alpha-2; how its phone numbers are shown.</param>
    public static ConversionEdit Of(LeadDetail lead, string country)
    {
        var person = lead.Contacts.FirstOrDefault(c => c.IsPrimary);
        var words = (person?.Name ?? lead.Name).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ConversionEdit
        {
            LinkedId = lead.CustomerId,
            FirstName = words.FirstOrDefault(),
            LastName = words.Length > 1 ? words[1] : null,
            Email = person?.Email ?? lead.Email,
            Phone = FormJoin.Text(PhoneNumber.Format(person?.Phone ?? lead.Phone, country)),
        };
    }
}
