using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Loyalty;

/// <summary>What a line of the points ledger can come from.</summary>
public static class LoyaltySources
{
    public const string Order = "order";
    public const string Return = "return";
    public const string Adjustment = "adjustment";
}

/// <summary>A line that somebody wants in the points ledger.</summary>
/// <param name="Customer">Tracked by the context that is posted into, so that the balance is saved with the line.</param>
/// <param name="Points">Positive in, negative out; 0 is not written.</param>
/// <param name="SourceKind">One of <see cref="LoyaltySources"/>; with the id and the kind it is posted once, however often asked.</param>
/// <param name="RateBasisPoints">Points per whole unit of currency at that time, kept for exact reversal.</param>
public sealed record LoyaltyPosting(
    Customer Customer, LoyaltyKind Kind, int Points, string SourceKind, Guid SourceId, DateTime At, int RateBasisPoints = 0, string? Note = null);

/// <summary>
/// The only writer of the points ledger: appends, keeps the balance on the customer in step, and never posts the same thing
/// twice. Points that go out use up the oldest that came in. A balance may go below zero when points that were already spent
/// are taken back; the next that come in fill it.
/// </summary>
public sealed class LoyaltyLedger(Shop shop)
{
    private const int Whole = 10_000;

    /// <summary>Points per whole unit of currency by the shop's rule of today, in basis points.</summary>
    public int Rate => shop.Settings.PointsPerUnitBasisPoints;

    /// <summary>The points that an amount earns by the shop's rule: for whole units only, rounded down.</summary>
    public int PointsFor(Money amount) => checked((int)(amount.Minor / 100 * Rate / Whole));

    /// <summary>The points of an order, as a lot that can be used up.</summary>
    public LoyaltyPosting Earning(Customer customer, Guid orderId, Money total, DateTime at, string? note = null) =>
        new(customer, LoyaltyKind.Earn, PointsFor(total), LoyaltySources.Order, orderId, at, Rate, note);

    /// <summary>The points of goods that came back without a known order, taken back by the rule of today.</summary>
    public LoyaltyPosting Reversal(Customer customer, Guid returnId, Money worth, DateTime at, string? note = null) =>
        new(customer, LoyaltyKind.Reverse, -PointsFor(worth), LoyaltySources.Return, returnId, at, Rate, note);

    /// <summary>Points that staff give or take by hand.</summary>
    public static LoyaltyPosting Adjustment(Customer customer, Guid adjustmentId, int points, DateTime at, string why) =>
        new(customer, LoyaltyKind.Adjust, points, LoyaltySources.Adjustment, adjustmentId, at, Note: why);

    /// <summary>Posts into the caller's context, which saves; what was posted before is passed over.</summary>
    /// <returns>How many lines were written.</returns>
    public async Task<int> PostAsync(CrmDbContext db, IReadOnlyCollection<LoyaltyPosting> postings, CancellationToken ct)
    {
        var posted = await PostedAsync(db, postings, ct);
        var fresh = postings.Where(p => p.Points != 0 && posted.Add((p.SourceKind, p.SourceId, p.Kind))).ToList();
        var lots = await LotsAsync(db, [.. fresh.Where(p => p.Points < 0).Select(p => p.Customer.Id).Distinct()], ct);
        foreach (var posting in fresh)
        {
            var entry = Entry(posting).AsLot(owed: Math.Max(-posting.Customer.PointsBalance, 0));
            db.LoyaltyEntries.Add(entry);
            CustomerMetrics.AddPoints(posting.Customer, posting.Points);
            if (!lots.TryGetValue(posting.Customer.Id, out var own)) continue;
            if (posting.Points > 0) own.Add(entry);
            else UseOldest(own, -posting.Points);
        }
        return fresh.Count;
    }

    private static void UseOldest(List<LoyaltyEntry> lots, int points)
    {
        foreach (var lot in lots.OrderBy(l => l.At).ThenBy(l => l.Id)) points -= lot.Use(points);
    }

    // Two writers meet at the customer's version, which every posting moves on: no lot is used twice.
    private static async Task<Dictionary<Guid, List<LoyaltyEntry>>> LotsAsync(CrmDbContext db, List<Guid> customers, CancellationToken ct)
    {
        if (customers.Count == 0) return [];
        var stored = await db.LoyaltyEntries.Where(e => customers.Contains(e.CustomerId) && e.Remaining > 0).ToListAsync(ct);
        var unsaved = db.LoyaltyEntries.Local.Where(e => customers.Contains(e.CustomerId));
        var lots = stored.Union(unsaved).ToLookup(e => e.CustomerId);
        return customers.ToDictionary(id => id, id => lots[id].ToList());
    }

    private static async Task<HashSet<(string, Guid, LoyaltyKind)>> PostedAsync(CrmDbContext db, IReadOnlyCollection<LoyaltyPosting> postings, CancellationToken ct)
    {
        var ids = postings.Select(p => p.SourceId).Distinct().ToList();
        var stored = await db.LoyaltyEntries.AsNoTracking().Where(e => ids.Contains(e.SourceId)).Select(e => new { e.SourceKind, e.SourceId, e.Kind }).ToListAsync(ct);
        var unsaved = db.LoyaltyEntries.Local.Select(e => (e.SourceKind, e.SourceId, e.Kind));
        return [.. stored.Select(e => (e.SourceKind, e.SourceId, e.Kind)), .. unsaved];
    }

    private static LoyaltyEntry Entry(LoyaltyPosting posting) => new()
    {
        CustomerId = posting.Customer.Id,
        Kind = posting.Kind,
        Points = posting.Points,
        SourceKind = posting.SourceKind,
        SourceId = posting.SourceId,
        RateBasisPoints = posting.RateBasisPoints,
        Note = posting.Note,
        At = posting.At,
    };
}
