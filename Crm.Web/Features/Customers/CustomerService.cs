using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>Staff's changes to customer records.</summary>
public sealed class CustomerService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, CustomerIntake intake, Shop shop)
{
    private const int MostTries = 3;

    /// <summary>Adds a customer without an account. Staff only.</summary>
    /// <returns>The id, or every complaint, or <see cref="CustomerTaken"/>.</returns>
    public async Task<Result<Guid>> AddAsync(CustomerEdit typed, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await intake.AddAsync(db, typed, userId: null, verified: false, ct)).Failed(out var complaint, out var customer)) return complaint;
        try
        {
            await db.SaveChangesAsync(ct);
            return customer.Id;
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            return await LostRaceAsync(customer.Phone, customer.Email, self: null, lost, ct);
        }
    }

    /// <summary>The record as the form shows it; hand it back when saving. Staff only.</summary>
    public async Task<Result<CustomerEdit>> OpenAsync(Guid customerId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var customer = await db.Customers.AsNoTracking().Include(c => c.Diets).SingleOrDefaultAsync(c => c.Id == customerId, ct);
        return customer is null ? new CustomerNotFound() : CustomerEdit.Of(customer);
    }

    /// <summary>
    /// Saves what was changed since the record was opened; what somebody else changed in other fields meanwhile stays. Staff only.
    /// </summary>
    /// <param name="opened">What <see cref="OpenAsync"/> gave.</param>
    /// <returns>The record as it is now, or every complaint, <see cref="CustomerTaken"/>, or <see cref="CustomerChanged"/>.</returns>
    public async Task<Result<CustomerEdit>> SaveAsync(Guid customerId, CustomerEdit typed, CustomerEdit opened, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        if (CustomerChecks.Tidy(typed, shop.Settings.Country).Failed(out var complaint, out var tidy)) return complaint;
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var customer = await db.Customers.Include(c => c.Diets).SingleOrDefaultAsync(c => c.Id == customerId, ct);
            if (customer is null) return new CustomerNotFound();
            var now = CustomerEdit.Of(customer);
            var (merged, clashes) = CustomerFields.Merge(opened, tidy, now);
            if (clashes.Count > 0) return await ChangedAsync(db, customerId, clashes, now, ct);
            if (await CustomerChecks.TakenAsync(db, merged.Phone, merged.Email, customerId, ct) is { } taken) return taken;

            CustomerIntake.Write(customer, merged, shop.Now);
            try
            {
                await db.SaveChangesAsync(ct);
                return CustomerEdit.Of(customer);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // Somebody saved between our read and our write: lay the changes on the newer record.
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
            {
                return await LostRaceAsync(merged.Phone, merged.Email, customerId, lost, ct);
            }
        }
    }

    /// <summary>Takes a customer out of the shop's daily lists, or back in; nothing is deleted.</summary>
    public async Task<Result<Done>> SetActiveAsync(Guid customerId, bool active, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.RetireCustomers) is { } refusal) return refusal;
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var customer = await db.Customers.SingleOrDefaultAsync(c => c.Id == customerId, ct);
            if (customer is null) return new CustomerNotFound();
            if (customer.IsActive == active) return new Done();
            customer.SetActive(active);
            customer.Touch(shop.Now);
            try
            {
                await db.SaveChangesAsync(ct);
                return new Done();
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // An order was counted in between; the switch is laid on the newer record.
            }
        }
    }

    private static async Task<CustomerChanged> ChangedAsync(CrmDbContext db, Guid customerId, List<Clash> clashes, CustomerEdit now, CancellationToken ct)
    {
        var last = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Customer) && a.EntityId == customerId && a.Action == AuditAction.Updated)
            .OrderByDescending(a => a.At).Select(a => new { a.ActorName, a.At }).FirstOrDefaultAsync(ct);
        return new CustomerChanged(clashes, now, last?.ActorName, last?.At);
    }

    private async Task<Error> LostRaceAsync(string? phone, string? email, Guid? self, DbUpdateException lost, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (Error?)await CustomerChecks.TakenAsync(db, phone, email, self, ct) ?? throw lost;
    }
}
