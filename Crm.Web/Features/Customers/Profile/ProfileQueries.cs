using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Orders;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>Reads one customer's page above the timeline. Staff only.</summary>
public sealed class ProfileQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const int VisitsForRhythm = 13;
    private const int MostFavourites = 20;
    private const int MostFoods = 4;

    /// <summary>The customer, or <see cref="CustomerNotFound"/>.</summary>
    public async Task<Result<CustomerProfile>> ReadAsync(Guid customerId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var customer = await db.Customers.AsNoTracking().Include(c => c.Diets).Include(c => c.Addresses).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == customerId, ct);
        if (customer is null) return new CustomerNotFound();

        var favourites = await db.CustomerFavourites.Where(f => f.CustomerId == customerId)
            .Join(db.Products, f => f.ProductId, p => p.Id, (_, p) => p.Name).OrderBy(name => name).Take(MostFavourites).ToListAsync(ct);
        var account = await db.Users.Where(u => u.Id == customer.UserId).Select(u => new { u.LastSignInAt, u.DeletionAskedAt }).SingleOrDefaultAsync(ct);
        var ledger = await db.LoyaltyEntries.CountAsync(e => e.CustomerId == customerId, ct);
        var notes = await db.CustomerNotes.CountAsync(n => n.CustomerId == customerId, ct);
        var name = CustomerEdit.Of(customer);
        return new CustomerProfile(
            customer.Id, customer.Number, name.FirstName, name.LastName, customer.Email, customer.Phone, customer.City, customer.Country, customer.Language,
            customer.IsActive, customer.IsVerified, customer.UserId is not null, customer.JoinedAt, customer.UpdatedAt, account?.LastSignInAt, account?.DeletionAskedAt,
            customer.PointsBalance, customer.SpentMinor, customer.OrderCount, customer.LastOrderAt,
            await RhythmAsync(db, customerId, ct), await TierAsync(db, customer, ct),
            name.Diets, customer.DietNote, customer.FavouriteNote, favourites, await MayWriteAsync(db, customer, ct),
            [.. customer.Addresses.OrderBy(a => a.Kind).ThenByDescending(a => a.IsDefault).ThenBy(a => a.Id).Select(a =>
                new AddressRow(a.Id, a.Kind, a.IsDefault, a.Recipient, a.Street, a.Apartment, a.City, a.Province, a.PostalCode, a.Country, a.Phone))],
            await UsuallyBuysAsync(db, customerId, ct), ledger, notes, customer.Origin);
    }

    /// <summary>The median of the days between the last visits; a day with several orders is one visit.</summary>
    internal static int? Rhythm(IReadOnlyList<DateOnly> daysNewestFirst)
    {
        if (daysNewestFirst.Count < 3) return null;
        var gaps = daysNewestFirst.Zip(daysNewestFirst.Skip(1), (later, earlier) => later.DayNumber - earlier.DayNumber).Order().ToList();
        return gaps.Count % 2 == 1 ? gaps[gaps.Count / 2] : (gaps[gaps.Count / 2 - 1] + gaps[gaps.Count / 2] + 1) / 2;
    }

    private static async Task<int?> RhythmAsync(CrmDbContext db, Guid customerId, CancellationToken ct) =>
        Rhythm(await Counting(db, customerId).Select(o => o.PlacedOn).Distinct().OrderByDescending(day => day).Take(VisitsForRhythm).ToListAsync(ct));

    private async Task<TierStanding> TierAsync(CrmDbContext db, Customer customer, CancellationToken ct)
    {
        var ladder = await db.LoyaltyTiers.AsNoTracking().OrderBy(t => t.ThresholdMinor).Select(t => new TierStep(t.Id, t.Name, t.ThresholdMinor, t.Perk)).ToListAsync(ct);
        if (shop.CurrencyOf(customer.Origin) != shop.Currency) return TierStanding.On(ladder, customer.TierId, Money.Zero);
        var since = shop.Today.AddYears(-1);
        var spent = await Counting(db, customer.Id).Where(o => o.PlacedOn > since).SumAsync(o => o.TotalMinor, ct)
            - await db.Returns.Where(r => r.CustomerId == customer.Id && r.ReturnedOn > since).SumAsync(r => r.TotalMinor, ct);
        return TierStanding.On(ladder, customer.TierId, new Money(spent));
    }

    private async Task<IReadOnlyList<UsualFood>> UsuallyBuysAsync(CrmDbContext db, Guid customerId, CancellationToken ct)
    {
        var since = shop.Today.AddYears(-1);
        var foods = from order in Counting(db, customerId)
                    where order.PlacedOn > since
                    from line in order.Lines
                    join product in db.Products on line.ProductId equals product.Id
                    group order by new { product.Id, product.Name, product.Art } into bought
                    select new { bought.Key, Times = bought.Select(o => o.Id).Distinct().Count(), First = bought.Min(o => o.PlacedOn), Last = bought.Max(o => o.PlacedOn) };
        var most = await foods.Where(f => f.Times > 1).OrderByDescending(f => f.Times).ThenBy(f => f.Key.Name).Take(MostFoods).ToListAsync(ct);
        return [.. most.Select(f => new UsualFood(f.Key.Id, f.Key.Name, f.Key.Art, f.Times, f.Times < 3 ? null : (f.Last.DayNumber - f.First.DayNumber) / (f.Times - 1)))];
    }

    private async Task<IReadOnlyList<MayWrite>> MayWriteAsync(CrmDbContext db, Customer customer, CancellationToken ct)
    {
        var consents = await db.ConsentReceipts.AsNoTracking().Where(c => c.CustomerId == customer.Id && c.WithdrawnAt == null && c.Purpose == ConsentPurpose.Marketing)
            .Select(c => new { c.Channel, c.GivenAt }).ToListAsync(ct);
        return [.. Enum.GetValues<ConsentChannel>().Select(channel => MayWrite.Of(channel,
            consents.Find(c => c.Channel == channel) is { } given ? shop.DayOf(given.GivenAt) : null,
            channel switch { ConsentChannel.Email => customer.NotifyByEmail, ConsentChannel.Sms => customer.NotifyBySms, ConsentChannel.Push => customer.NotifyByPush },
            channel switch { ConsentChannel.Email => customer.Email is not null, ConsentChannel.Sms => customer.Phone is not null, ConsentChannel.Push => customer.UserId is not null },
            customer.IsVerified, customer.IsActive))];
    }

    private static IQueryable<Order> Counting(CrmDbContext db, Guid customerId) =>
        db.Orders.Where(o => o.CustomerId == customerId && o.TotalMinor > 0 && o.Status != OrderStatus.Cancelled);
}
