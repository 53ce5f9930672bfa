using System.Runtime.Serialization;
using Crm.Data;

namespace Crm.Web.Features.Leads.WebForm;

/// <summary>What somebody wrote into the web form.</summary>
public sealed class Enquiry
{
    /// <summary>Where leads from here say that they came from.</summary>
    public const string Source = "Web form";

    public const int MessageLength = 2000;

    public string? Name { get; set; }
    public string? Company { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Message { get; set; }

    /// <summary>They agree to <see cref="WebFormOptions.Consent"/>.</summary>
    public bool Agrees { get; set; }

    /// <summary>A field that people do not see: whatever fills it in is no person.</summary>
    public string? Website { get; set; }

    /// <summary>Where they found the form.</summary>
    [IgnoreDataMember]
    public EnquiryOrigin Origin { get; set; } = new(Via: null);

    internal bool IsByMachine => !string.IsNullOrEmpty(Website);

    internal LeadEdit ToLead() => new()
    {
        Name = CleanText.Typed(Company) ?? Name,
        Company = CleanText.Typed(Company),
        Email = Email,
        Phone = Phone,
        Source = Origin.Source,
        Description = Message,
    };
}
