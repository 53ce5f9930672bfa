namespace Crm.Data.Leads;

/// <summary>
/// An open lead that nobody has worked on since before its stage's border is stale; UTC instants. A step that is planned does not keep
/// it fresh: only a person's touch does.
/// </summary>
public readonly record struct StaleBorders(DateTime New, DateTime Contacted, DateTime Qualified)
{
    /// <summary>Null for a closed stage: closed leads do not go stale.</summary>
    public DateTime? Of(LeadStatus status) => status switch
    {
        LeadStatus.New => New,
        LeadStatus.Contacted => Contacted,
        LeadStatus.Qualified => Qualified,
        LeadStatus.Converted or LeadStatus.Lost => null,
    };
}

/// <summary>Finds leads by the clock of their stage.</summary>
public static class Staleness
{
    /// <summary>Those that are stale.</summary>
    public static IQueryable<Lead> Stale(this IQueryable<Lead> leads, StaleBorders borders)
    {
        var (fresh, contacted, qualified) = (borders.New, borders.Contacted, borders.Qualified);
        return leads.Where(l => l.Status == LeadStatus.New && l.TouchedAt < fresh
            || l.Status == LeadStatus.Contacted && l.TouchedAt < contacted
            || l.Status == LeadStatus.Qualified && l.TouchedAt < qualified);
    }
}
