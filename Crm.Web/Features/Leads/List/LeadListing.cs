using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Leads.List;

/// <summary>The list as queries: its order and its lines; shared by the page, the bench and tests that pin the SQL.</summary>
static class LeadListing
{
    public static IEnumerable<IQueryable<LeadRow>> Parts(CrmDbContext db, IQueryable<Lead> leads, LeadListQuery query, Cursor? cursor, bool backwards) =>
        Order(db, query.Sort).Parts(leads, query.Descending, cursor, backwards).Select(part => Rows(db, part));

    public static IQueryable<LeadRow> Rows(CrmDbContext db, IQueryable<Lead> leads) => leads.Select(l => new LeadRow(
        l.Id, l.Number, l.Name, l.Company, l.Business, l.City, l.Status, l.Priority, l.OwnerId,
        db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
        l.ValueMinor, l.NextStep, l.NextStepAt, l.Source, l.CreatedAt, l.UpdatedAt, l.TouchedAt, l.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToList()));

    private static Keyset<Lead> Order(CrmDbContext db, LeadColumn sort) => sort switch
    {
        LeadColumn.Name => Keyset<Lead>.By(l => l.Name),
        LeadColumn.Company => Keyset<Lead>.By(l => l.Company),
        LeadColumn.Business => Keyset<Lead>.By(l => l.Business),
        LeadColumn.City => Keyset<Lead>.By(l => l.City),
        LeadColumn.Status => Keyset<Lead>.By(l => l.Status == LeadStatus.New ? 0 : l.Status == LeadStatus.Contacted ? 1 : l.Status == LeadStatus.Qualified ? 2 : l.Status == LeadStatus.Converted ? 3 : 4),
        LeadColumn.Priority => Keyset<Lead>.By(l => l.Priority == LeadPriority.Low ? 0 : l.Priority == LeadPriority.Medium ? 1 : 2),
        LeadColumn.Owner => Keyset<Lead>.By(l => db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault()),
        LeadColumn.Value => Keyset<Lead>.By(l => l.ValueMinor),
        LeadColumn.NextStep => Keyset<Lead>.By(l => l.NextStepAt),
        LeadColumn.Tags => Keyset<Lead>.By(l => l.Tags.Min(t => t.Name)),
        LeadColumn.Source => Keyset<Lead>.By(l => l.Source),
        LeadColumn.Created => Keyset<Lead>.By(l => l.CreatedAt),
        LeadColumn.Updated => Keyset<Lead>.By(l => l.UpdatedAt),
        LeadColumn.Touched or LeadColumn.Stale => Keyset<Lead>.By(l => l.TouchedAt),
    };
}
