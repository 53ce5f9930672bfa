using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Takes leads away with all that hangs on them, row by row, so that the trail can give everything back.</summary>
static class LeadDeletion
{
    /// <summary>
    /// Marks the leads and their parts as deleted; the caller saves. They must be held (<see cref="RowLocks"/>): a part that somebody saves
    /// after this would go by the database alone. A deal that a customer has too stays with the customer.
    /// </summary>
    public static async Task RemoveAsync(CrmDbContext db, IReadOnlyCollection<Lead> leads, CancellationToken ct)
    {
        var ids = leads.Select(l => l.Id).ToList();
        db.CorrespondenceFiles.RemoveRange(await db.CorrespondenceFiles.Where(f => ids.Contains(f.LeadId)).ToListAsync(ct));
        db.Correspondence.RemoveRange(await db.Correspondence.Where(c => ids.Contains(c.LeadId)).ToListAsync(ct));
        db.LeadNotes.RemoveRange(await db.LeadNotes.Where(n => ids.Contains(n.LeadId)).ToListAsync(ct));
        db.Reminders.RemoveRange(await db.Reminders.Where(r => ids.Contains(r.LeadId)).ToListAsync(ct));
        db.LeadContacts.RemoveRange(await db.LeadContacts.Where(c => ids.Contains(c.LeadId)).ToListAsync(ct));
        db.LeadTags.RemoveRange(await db.LeadTags.Where(t => ids.Contains(t.LeadId)).ToListAsync(ct));
        foreach (var deal in await db.Opportunities.Where(o => o.LeadId != null && ids.Contains(o.LeadId.Value)).ToListAsync(ct))
        {
            if (deal.CustomerId is null) db.Opportunities.Remove(deal);
            else deal.BelongTo(null, deal.CustomerId);
        }
        db.Leads.RemoveRange(leads);
    }
}
