using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Insights.Finder;

/// <summary>Finds any record by words, as far as whoever asks may see it; for everybody who works here.</summary>
public sealed class FindQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    public const int Most = 12;

    /// <summary>What is looked through before the records of others are left out.</summary>
    private const int Depth = 200;
    private const int MostVisited = 20;
    private const string Contact = "contact";

    private static readonly string[] OfLeads = [ChangeKinds.Lead, Contact, ChangeKinds.Opportunity];
    private static readonly string[] OfCustomers = [ChangeKinds.Customer, ChangeKinds.Order];

    /// <summary>The best of them; <c>@</c> first asks for people, <c>#</c> for leads, <c>$</c> for opportunities alone.</summary>
    public async Task<Result<IReadOnlyList<Found>>> FindAsync(string text, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var (kinds, words) = Wanted(text);
        if (kinds.Length == 0) return Result.Of<IReadOnlyList<Found>>([]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hits = await SearchIndex.FindAsync(db, words, kinds, Depth, ct);
        return Result.Of<IReadOnlyList<Found>>([.. (await InSightAsync(db, hits, ct)).Take(Most)]);
    }

    /// <summary>Those of the records that still are there and in sight, in the order given.</summary>
    public async Task<Result<IReadOnlyList<Found>>> KnownAsync(IReadOnlyList<Visited> visited, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var ids = visited.Take(MostVisited).Select(v => v.Id).ToList();
        var kinds = Kinds;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hits = await db.SearchEntries.AsNoTracking().Where(e => ids.Contains(e.EntityId) && kinds.Contains(e.Kind))
            .Select(e => new SearchHit(e.Kind, e.EntityId, e.ParentId, e.Title, e.Subtitle)).ToListAsync(ct);
        return Result.Of<IReadOnlyList<Found>>([.. (await InSightAsync(db, hits, ct)).OrderBy(f => ids.IndexOf(f.Id))]);
    }

    private string[] Kinds => actor.May(Permission.SeeCustomers) ? [.. OfLeads, .. OfCustomers] : OfLeads;

    private (string[] Kinds, string Words) Wanted(string text)
    {
        var trimmed = text.TrimStart();
        string[]? only = trimmed.Length == 0 ? null : trimmed[0] switch
        {
            '@' => [Contact, ChangeKinds.Customer],
            '#' => [ChangeKinds.Lead],
            '$' => [ChangeKinds.Opportunity],
            _ => null,
        };
        return only is null ? (Kinds, text) : ([.. Kinds.Intersect(only)], trimmed[1..]);
    }

    private async Task<IEnumerable<Found>> InSightAsync(CrmDbContext db, IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var leads = await LeadsInSightAsync(db, [.. hits.Select(LeadOf).OfType<Guid>().Distinct()], ct);
        var deals = await DealsInSightAsync(db, Ids(hits, ChangeKinds.Opportunity), ct);
        var owners = await db.Orders.AsNoTracking().Where(o => Ids(hits, ChangeKinds.Order).Contains(o.Id) && o.CustomerId != null).ToDictionaryAsync(o => o.Id, o => o.CustomerId, ct);
        return hits.Select(h => HrefOf(h) is { } href ? new Found(h.Kind, h.Id, h.Title, h.Subtitle, href) : null).OfType<Found>();

        string? HrefOf(SearchHit hit) => hit.Kind switch
        {
            ChangeKinds.Customer => $"/customers/{hit.Id}",
            ChangeKinds.Order => owners.TryGetValue(hit.Id, out var customer) ? $"/customers/{customer}" : null,
            ChangeKinds.Opportunity => deals.Contains(hit.Id) ? $"/opportunities/{hit.Id}" : null,
            _ => LeadOf(hit) is { } lead && leads.Contains(lead) ? $"/leads/{lead}" : null,
        };
    }

    private async Task<HashSet<Guid>> LeadsInSightAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct) => ids.Count == 0 || AllLeads
        ? [.. ids]
        : [.. await db.Leads.AsNoTracking().SeenBy(actor.UserId, AllLeads).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)];

    private async Task<HashSet<Guid>> DealsInSightAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0 || AllLeads) return [.. ids];
        var me = actor.UserId;
        return [.. await db.Opportunities.AsNoTracking().Where(o => ids.Contains(o.Id) && (o.OwnerId == null || o.OwnerId == me)).Select(o => o.Id).ToListAsync(ct)];
    }

    private bool AllLeads => actor.May(Permission.SeeAllLeads);

    private static Guid? LeadOf(SearchHit hit) => hit.Kind == ChangeKinds.Lead ? hit.Id : hit.Kind == Contact ? hit.ParentId : null;

    private static List<Guid> Ids(IReadOnlyList<SearchHit> hits, string kind) => [.. hits.Where(h => h.Kind == kind).Select(h => h.Id)];
}
