using Crm.Data.Search;

namespace Crm.Data.Leads;

/// <summary>Whose leads and opportunities somebody sees: every query and every command on them begins with it.</summary>
public static class LeadSight
{
    /// <summary>
    /// All of them, or those that are theirs or nobody's: what nobody works on yet stays in sight of everybody who works here, so that
    /// somebody can take it.
    /// </summary>
    /// <param name="userId">Who looks.</param>
    /// <param name="all">Whether they see the leads of others too.</param>
    public static IQueryable<Lead> SeenBy(this IQueryable<Lead> leads, Guid? userId, bool all) =>
        all ? leads : leads.Where(l => l.OwnerId == null || l.OwnerId == userId);

    /// <summary>Opportunities, by the rule of leads.</summary>
    public static IQueryable<Opportunity> SeenBy(this IQueryable<Opportunity> deals, Guid? userId, bool all) =>
        all ? deals : deals.Where(o => o.OwnerId == null || o.OwnerId == userId);

    /// <summary>What search knows of leads, their contacts and opportunities, by the same rule; other kinds stay.</summary>
    public static IQueryable<SearchEntry> SeenBy(this IQueryable<SearchEntry> entries, CrmDbContext db, Guid? userId, bool all)
    {
        if (all) return entries;
        var leads = db.Leads.SeenBy(userId, all).Select(l => l.Id);
        var deals = db.Opportunities.SeenBy(userId, all).Select(o => o.Id);
        return entries.Where(e => (e.Kind != ChangeKinds.Lead || leads.Contains(e.EntityId)) && (e.Kind != LeadContact.SearchKind || leads.Contains(e.ParentId!.Value))
            && (e.Kind != ChangeKinds.Opportunity || deals.Contains(e.EntityId)));
    }
}
