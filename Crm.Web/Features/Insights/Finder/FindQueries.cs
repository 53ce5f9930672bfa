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

    private const int MostVisited = 20;

    private static readonly string[] OfLeads = [ChangeKinds.Lead, LeadContact.SearchKind, ChangeKinds.Opportunity];
    private static readonly string[] OfCustomers = [ChangeKinds.Customer, ChangeKinds.Order];

    /// <summary>The best of them; <c>@</c> first asks for people, <c>#</c> for leads, <c>$</c> for opportunities alone.</summary>
    public async Task<Result<IReadOnlyList<Found>>> FindAsync(string text, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var (kinds, words) = Wanted(text);
        if (kinds.Length == 0) return Result.Of<IReadOnlyList<Found>>([]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hits = await SearchIndex.FindAsync(db, words, kinds, Most, found => Seen(db, found), ct);
        return Result.Of<IReadOnlyList<Found>>([.. await WithAddressAsync(db, hits, ct)]);
    }

    /// <summary>Those of the records that still are there and in sight, in the order given.</summary>
    public async Task<Result<IReadOnlyList<Found>>> KnownAsync(IReadOnlyList<Visited> visited, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var ids = visited.Take(MostVisited).Select(v => v.Id).ToList();
        var kinds = Kinds;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hits = await Seen(db, db.SearchEntries.AsNoTracking()).Where(e => ids.Contains(e.EntityId) && kinds.Contains(e.Kind))
            .Select(e => new SearchHit(e.Kind, e.EntityId, e.ParentId, e.Title, e.Subtitle)).ToListAsync(ct);
        return Result.Of<IReadOnlyList<Found>>([.. (await WithAddressAsync(db, hits, ct)).OrderBy(f => ids.IndexOf(f.Id))]);
    }

    private string[] Kinds => actor.May(Permission.SeeCustomers) ? [.. OfLeads, .. OfCustomers] : OfLeads;

    private (string[] Kinds, string Words) Wanted(string text)
    {
        var trimmed = text.TrimStart();
        string[]? only = trimmed.Length == 0 ? null : trimmed[0] switch
        {
            '@' => [LeadContact.SearchKind, ChangeKinds.Customer],
            '#' => [ChangeKinds.Lead],
            '$' => [ChangeKinds.Opportunity],
            _ => null,
        };
        return only is null ? (Kinds, text) : ([.. Kinds.Intersect(only)], trimmed[1..]);
    }

    private IQueryable<SearchEntry> Seen(CrmDbContext db, IQueryable<SearchEntry> found) => found.SeenBy(db, actor.UserId, actor.May(Permission.SeeAllLeads));

    // An order opens its customer's page; one without a customer has none yet.
    private static async Task<IEnumerable<Found>> WithAddressAsync(CrmDbContext db, IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var orders = hits.Where(h => h.Kind == ChangeKinds.Order).Select(h => h.Id).ToList();
        var buyers = orders.Count == 0 ? [] : await db.Orders.AsNoTracking().Where(o => orders.Contains(o.Id) && o.CustomerId != null).ToDictionaryAsync(o => o.Id, o => o.CustomerId, ct);
        return hits.Select(h => HrefOf(h) is { } href ? new Found(h.Kind, h.Id, h.Title, h.Subtitle, href) : null).OfType<Found>();

        string? HrefOf(SearchHit hit) => hit.Kind switch
        {
            ChangeKinds.Customer => $"/customers/{hit.Id}",
            ChangeKinds.Order => buyers.TryGetValue(hit.Id, out var customer) ? $"/customers/{customer}" : null,
            ChangeKinds.Opportunity => $"/opportunities/{hit.Id}",
            _ => $"/leads/{hit.ParentId ?? hit.Id}",
        };
    }
}
