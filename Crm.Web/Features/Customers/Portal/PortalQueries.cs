using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Orders;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>A customer's first page: card, newest orders, what they bought, who they are. Only ever the signed-in person's own.</summary>
public sealed class PortalQueries(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own, Shop shop)
{
    private const int Newest = 3;
    private const int MostOften = 3;

    /// <summary>A food bought once is no habit.</summary>
    private const int Often = 2;

    /// <summary>Everything that the page shows, or <see cref="NotACustomer"/>.</summary>
    public async Task<Result<PortalHome>> HomeAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;

        var who = await db.Customers.AsNoTracking().Where(c => c.Id == id).Select(c => new
        {
            c.FirstName, c.LastName, c.Number, c.Email, c.Phone, c.JoinedAt, c.PointsBalance, c.TierId, c.IsVerified, c.Language,
            c.NotifyByEmail, c.NotifyBySms, c.NotifyByPush,
            Diets = c.Diets.Select(d => d.Diet).ToList(),
            Place = c.Addresses.Where(a => a.Kind == AddressKind.Shipping && a.IsDefault).Select(a => new { a.Street, a.City, a.Country }).FirstOrDefault(),
        }).SingleAsync(ct);
        var purchases = await FiguresAsync(db, id, ct);
        return new PortalHome(
            id, who.FirstName, CustomerName.Of(who.FirstName, who.LastName, who.Phone, who.Email, who.Number), CustomerName.Number(who.Number),
            shop.DayOf(who.JoinedAt), who.PointsBalance, Math.Max(0L, who.PointsBalance) * shop.Settings.PointValueMinor,
            TierStanding.On(await LadderAsync(db, ct), who.TierId, new Money(purchases.LastYearSpentMinor)),
            await OwnOrders.Rows(db, Of(db, id).OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(Newest)).ToListAsync(ct),
            purchases, await OftenAsync(db, id, ct),
            new ProfileSummary(who.Email, who.IsVerified, who.Phone,
                who.Place is { } place ? $"{place.Street}, {place.City}, {Countries.Name(place.Country)}" : null,
                [.. who.Diets.Order().Select(DietName.Of)], CustomerLanguages.Name(who.Language), who.NotifyByEmail, who.NotifyBySms, who.NotifyByPush));
    }

    private async Task<PurchaseFigures> FiguresAsync(CrmDbContext db, Guid id, CancellationToken ct)
    {
        var since = YearAgo();
        var sold = await Trade(db, id).GroupBy(_ => 1).Select(g => new
        {
            Count = g.Count(),
            Sum = g.Sum(o => o.TotalMinor),
            LastYear = g.Sum(o => o.PlacedOn > since ? 1 : 0),
            LastYearSum = g.Sum(o => o.PlacedOn > since ? o.TotalMinor : 0L),
        }).SingleOrDefaultAsync(ct);
        if (sold is null) return new PurchaseFigures(0, 0, 0, 0);
        var back = await db.Returns.AsNoTracking().Where(r => r.CustomerId == id).GroupBy(_ => 1)
            .Select(g => new { Sum = g.Sum(r => r.TotalMinor), LastYear = g.Sum(r => r.ReturnedOn > since ? r.TotalMinor : 0L) }).SingleOrDefaultAsync(ct);
        return new PurchaseFigures(sold.Count, sold.Sum - (back?.Sum ?? 0), sold.LastYear, sold.LastYearSum - (back?.LastYear ?? 0));
    }

    private async Task<List<OftenBought>> OftenAsync(CrmDbContext db, Guid id, CancellationToken ct)
    {
        var since = YearAgo();
        var lines = from order in Trade(db, id)
                    where order.PlacedOn > since
                    from line in order.Lines
                    join product in db.Products on line.ProductId equals product.Id
                    where product.IsActive
                    group line.OrderId by new { product.Id, product.Name, product.Art, product.SortName } into bought
                    select new { bought.Key, Times = bought.Distinct().Count() };
        var rows = await lines.Where(b => b.Times >= Often).OrderByDescending(b => b.Times).ThenBy(b => b.Key.SortName).Take(MostOften).ToListAsync(ct);
        return [.. rows.Select(r => new OftenBought(r.Key.Id, r.Key.Name, r.Key.Art, r.Times))];
    }

    private DateOnly YearAgo() => shop.Today.AddYears(-1);

    private static Task<List<TierStep>> LadderAsync(CrmDbContext db, CancellationToken ct) =>
        db.LoyaltyTiers.AsNoTracking().OrderBy(t => t.ThresholdMinor).Select(t => new TierStep(t.Id, t.Name, t.ThresholdMinor, t.Perk)).ToListAsync(ct);

    private static IQueryable<Order> Of(CrmDbContext db, Guid id) => db.Orders.AsNoTracking().Where(o => o.CustomerId == id);

    private static IQueryable<Order> Trade(CrmDbContext db, Guid id) => Of(db, id).Where(o => o.TotalMinor > 0 && o.Status != OrderStatus.Cancelled);
}
