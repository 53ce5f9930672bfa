using Crm.Data;
using Crm.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>A lead's opportunities belong to the customer that it became, whichever way it became one.</summary>
static class LeadDeals
{
    /// <summary>Hands on what is nobody's yet, or was the customer's whom the lead was linked to before. To be called before the lead itself is linked.</summary>
    public static async Task FollowAsync(CrmDbContext db, Lead lead, Guid customerId, CancellationToken ct)
    {
        foreach (var deal in await db.Opportunities.Where(o => o.LeadId == lead.Id && (o.CustomerId == null || o.CustomerId == lead.ConvertedCustomerId)).ToListAsync(ct)) deal.BelongTo(lead.Id, customerId);
    }

    /// <summary>Whom a new opportunity of a lead belongs to; nobody as long as the lead is none's.</summary>
    public static Task<Guid?> CustomerAsync(CrmDbContext db, Guid leadId, CancellationToken ct) => db.Leads.Where(l => l.Id == leadId).Select(l => l.ConvertedCustomerId).SingleOrDefaultAsync(ct);
}
