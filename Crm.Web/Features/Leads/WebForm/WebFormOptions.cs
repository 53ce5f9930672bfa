using System.ComponentModel.DataAnnotations;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.WebForm;

/// <summary>The form by which anybody becomes a lead. Section <c>WebForm</c>.</summary>
public sealed class WebFormOptions
{
    /// <summary>False takes it off the web: its page and its address answer 404.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What people agree to, word for word; kept with the lead.</summary>
    [Required, StringLength(Lead.ConsentLength)]
    public string Consent { get; set; } = "The shop may keep what I wrote here and answer me by e-mail or phone. It passes it on to nobody.";
}
