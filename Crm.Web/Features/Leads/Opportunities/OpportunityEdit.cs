using Crm.Data.Leads;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>An opportunity as its form holds it: texts as they are typed, checked only when saved.</summary>
public sealed class OpportunityEdit
{
    public string? Title { get; set; }
    public string? Description { get; set; }
    public string? Amount { get; set; }
    public DateOnly? ExpectedOn { get; set; }
    public Guid? OwnerId { get; set; }

    /// <summary>Of a lead, of a customer, or of both: at least one.</summary>
    public Guid? LeadId { get; set; }
    public Guid? CustomerId { get; set; }

    /// <summary>Where a new one begins; none is the first open stage. A stored one is moved, not edited.</summary>
    public Guid? StageId { get; set; }

    /// <summary>The form of a stored opportunity.</summary>
    public static OpportunityEdit Of(OpportunityRow deal) => new()
    {
        Title = deal.Title,
        Description = deal.Description,
        Amount = deal.AmountMinor == 0 ? null : AmountText.Write(deal.Amount),
        ExpectedOn = deal.ExpectedOn,
        OwnerId = deal.OwnerId,
        LeadId = deal.LeadId,
        CustomerId = deal.CustomerId,
        StageId = deal.StageId,
    };

    /// <summary>Whether a field says something else.</summary>
    public bool Differs(OpportunityEdit other) => Fields.Any(f => f.Read(this) != f.Read(other));

    public OpportunityEdit Copy() => (OpportunityEdit)MemberwiseClone();

    public static readonly IReadOnlyList<FormField<OpportunityEdit>> Fields =
    [
        new(nameof(Title), "Title", e => FormJoin.Text(e.Title), (to, from) => to.Title = from.Title),
        new(nameof(Description), "Description", e => FormJoin.Text(e.Description), (to, from) => to.Description = from.Description),
        new(nameof(Amount), "Amount", e => FormJoin.Text(e.Amount), (to, from) => to.Amount = from.Amount),
        new(nameof(ExpectedOn), "Expected to close", e => e.ExpectedOn?.ToString("O"), (to, from) => to.ExpectedOn = from.ExpectedOn),
        new(nameof(OwnerId), "Agent", e => e.OwnerId?.ToString(), (to, from) => to.OwnerId = from.OwnerId),
        new(nameof(LeadId), "Lead", e => e.LeadId?.ToString(), (to, from) => to.LeadId = from.LeadId),
        new(nameof(CustomerId), "Customer", e => e.CustomerId?.ToString(), (to, from) => to.CustomerId = from.CustomerId),
    ];
}

/// <summary>Why a deal ended; only the reason of that end counts.</summary>
public sealed record OpportunityEnd(WonReason? Won, LostReason? Lost, string? Note = null);
