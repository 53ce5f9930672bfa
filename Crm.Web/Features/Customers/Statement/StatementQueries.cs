using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Statement;

/// <summary>Reads what a customer's statement says: for staff, and for the customer whose record it is; to all others it does not exist.</summary>
public sealed class StatementQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Orders, payments, returns and points of the period, oldest first, or <see cref="CustomerNotFound"/>.</summary>
    public async Task<Result<StatementContent>> ReadAsync(Guid customerId, StatementPeriod period, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var customer = await db.Customers.AsNoTracking().Where(c => c.Id == customerId)
            .Select(c => new { c.FirstName, c.LastName, c.Phone, c.Email, c.Number, c.UserId, c.Origin }).SingleOrDefaultAsync(ct);
        var isOwn = customer?.UserId is not null && customer.UserId == actor.UserId;
        if (customer is null || !(isOwn || actor.May(Permission.SeeCustomers))) return new CustomerNotFound();

        var (start, end) = (shop.ToUtc(period.From.ToDateTime(TimeOnly.MinValue)), shop.ToUtc(period.To.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        var orders = await db.Orders.AsNoTracking().Where(o => o.CustomerId == customerId && o.PlacedOn >= period.From && o.PlacedOn <= period.To)
            .OrderBy(o => o.PlacedAt).ThenBy(o => o.Id).Select(o => new StatementOrder(o.Number, o.PlacedOn, o.Status, o.Lines.Count, o.TotalMinor)).ToListAsync(ct);
        var payments = await (
            from payment in db.Payments.AsNoTracking()
            join order in db.Orders on payment.OrderId equals order.Id
            let at = payment.SettledAt ?? payment.CreatedAt
            where order.CustomerId == customerId && at >= start && at < end
            orderby at, payment.Id
            select new StatementPayment(order.Number, at, payment.Method, payment.Status, payment.AmountMinor)).ToListAsync(ct);
        var returns = await db.Returns.AsNoTracking().Where(r => r.CustomerId == customerId && r.ReturnedOn >= period.From && r.ReturnedOn <= period.To)
            .OrderBy(r => r.ReturnedAt).ThenBy(r => r.Id).Select(r => new StatementReturn(r.Number, r.ReturnedOn, r.Reason, r.TotalMinor)).ToListAsync(ct);
        var ledger = db.LoyaltyEntries.AsNoTracking().Where(e => e.CustomerId == customerId);
        var before = await ledger.Where(e => e.At < start).SumAsync(e => (long)e.Points, ct);
        var points = await ledger.Where(e => e.At >= start && e.At < end).OrderBy(e => e.At).ThenBy(e => e.Id)
            .Select(e => new StatementPoints(e.At, e.Kind, e.Points, db.Orders.Where(o => o.Id == e.SourceId).Select(o => o.Number).FirstOrDefault(), e.Note)).ToListAsync(ct);
        return new StatementContent(
            CustomerName.Of(customer.FirstName, customer.LastName, customer.Phone, customer.Email, customer.Number), customer.Number, customer.Phone, customer.Email,
            await AddressAsync(db, customerId, ct), period, orders, payments, returns, before, points, customer.Origin);
    }

    private static async Task<IReadOnlyList<string>> AddressAsync(CrmDbContext db, Guid customerId, CancellationToken ct)
    {
        var address = await db.CustomerAddresses.AsNoTracking().Where(a => a.CustomerId == customerId && a.Kind == AddressKind.Shipping && a.IsDefault).SingleOrDefaultAsync(ct);
        if (address is null) return [];
        var place = string.Join(" ", new[] { address.City, address.Province, address.PostalCode }.Where(part => part is not null));
        return [address.Apartment is null ? address.Street : $"{address.Street}, {address.Apartment}", place];
    }
}
