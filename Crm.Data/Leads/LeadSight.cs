namespace Crm.Data.Leads;

/// <summary>Whose leads somebody sees: every query and every command on leads begins with it.</summary>
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
}
