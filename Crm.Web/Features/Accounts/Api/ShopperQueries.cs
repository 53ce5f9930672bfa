using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>The signed-in customer's own record. Of nobody else.</summary>
sealed class ShopperQueries(CurrentActor actor, ShopperMemory memory, Shop shop)
{
    /// <returns>The profile, or a refusal for somebody without a customer record.</returns>
    public async Task<Result<ShopperProfile>> OwnAsync(CancellationToken ct) =>
        actor.UserId is { } userId && await FindAsync(userId, ct) is { } profile ? profile : new ForbiddenError();

    /// <summary>The profile of somebody who has just signed in; of staff only what their account says.</summary>
    public async Task<ShopperProfile> OfAsync(AccountFacts account, CancellationToken ct) =>
        await FindAsync(account.Id, ct) ?? ShopperProfile.Of(account, account.Roles.Any(Roles.Staff.Contains));

    private async Task<ShopperProfile?> FindAsync(Guid userId, CancellationToken ct) =>
        await memory.RecallAsync(userId, ct) is { } row ? ShopperProfile.Of(row, shop.DayOf) : null;

    // The account's address: the record has none until it is proved, where the shop has another record under it. Nobody is to see that.
    internal static IQueryable<ShopperRow> Rows(CrmDbContext db, Guid userId) =>
        from c in db.Customers.AsNoTracking()
        where c.UserId == userId
        join u in db.Users on c.UserId equals (Guid?)u.Id
        select new ShopperRow(
            c.Id, u.Email, c.FirstName, c.LastName, c.Phone, c.City, c.Country, c.DietNote, c.FavouriteNote, c.Language,
            c.NotifyByEmail, c.NotifyBySms, c.NotifyByPush, c.IsActive, c.IsVerified, c.OrderCount, c.SpentMinor, c.PointsBalance,
            c.JoinedAt, u.LastSignInAt, c.UpdatedAt, c.LastOrderAt,
            c.Diets.Select(d => d.Diet).ToList(),
            c.Favourites.Join(db.Products, f => f.ProductId, p => p.Id, (_, p) => p.Name).ToList(),
            c.Addresses.Where(a => a.Kind == AddressKind.Shipping && a.IsDefault).Select(a => new ShopperHome(a.Street, a.City, a.Province, a.PostalCode, a.Country)).ToList());
}
