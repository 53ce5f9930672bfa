using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Between an opportunity as it is stored and its form: reads, checks, writes.</summary>
public sealed class OpportunityForms(CurrentActor actor, StaffDirectory staff, LeadForms forms)
{
    /// <summary>The form of a stored opportunity.</summary>
    internal static OpportunityEdit Of(Opportunity deal) => new()
    {
        Title = deal.Title,
        Description = deal.Description,
        Amount = deal.AmountMinor == 0 ? null : AmountText.Write(new Money(deal.AmountMinor)),
        ExpectedOn = deal.ExpectedOn,
        OwnerId = deal.OwnerId,
        LeadId = deal.LeadId,
        CustomerId = deal.CustomerId,
        StageId = deal.StageId,
    };

    /// <summary>The form of an opportunity on screen.</summary>
    internal static OpportunityEdit Of(OpportunityRow deal) => new()
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

    /// <summary>What cannot be stored, field by field, or null.</summary>
    /// <param name="now">As it is stored already; null for a new one.</param>
    internal async Task<Error?> ComplaintAsync(CrmDbContext db, OpportunityEdit edit, Opportunity? now, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Title), edit.Title, "Give the opportunity a title.");
        complaints.Within(nameof(edit.Title), edit.Title, Opportunity.TitleLength);
        complaints.Within(nameof(edit.Description), edit.Description, Opportunity.DescriptionLength);
        CheckAmount(complaints, edit.Amount);
        if (edit.ExpectedOn != now?.ExpectedOn) forms.CheckDay(complaints, nameof(edit.ExpectedOn), edit.ExpectedOn);
        if (edit.OwnerId != now?.OwnerId && edit.OwnerId is { } ownerId && (await staff.ReadAsync(ct)).Find(ownerId) is not { IsActive: true })
            complaints.Add(nameof(edit.OwnerId), "Choose somebody who works here.");
        if (edit is { LeadId: null, CustomerId: null }) complaints.Add(nameof(edit.CustomerId), "Say whose opportunity it is.");
        if (edit.LeadId != now?.LeadId && edit.LeadId is { } leadId && !await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct))
            complaints.Add(nameof(edit.LeadId), "This lead does not exist any more.");
        if (edit.CustomerId != now?.CustomerId && edit.CustomerId is { } customerId && (!actor.May(Permission.SeeCustomers) || !await db.Customers.AnyAsync(c => c.Id == customerId, ct)))
            complaints.Add(nameof(edit.CustomerId), "This customer does not exist any more.");
        return complaints.Error;
    }

    /// <summary>Puts checked values into the opportunity.</summary>
    internal static void Fill(Opportunity deal, OpportunityEdit edit, DateTime now)
    {
        deal.Describe(edit.Title!, edit.Description, AmountText.TryParse(edit.Amount, out var amount) ? amount.Minor : 0, edit.ExpectedOn, edit.OwnerId, now);
        deal.BelongTo(edit.LeadId, edit.CustomerId);
    }

    private static void CheckAmount(Complaints complaints, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return;
        if (!AmountText.TryParse(typed, out var amount)) complaints.Add(nameof(OpportunityEdit.Amount), "Write an amount like 1450 or 1,450.50.");
        else if (amount < Money.Zero) complaints.Add(nameof(OpportunityEdit.Amount), "An amount cannot be less than nothing.");
    }
}
