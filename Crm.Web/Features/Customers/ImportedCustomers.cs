using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>What a file of past trade says about a customer.</summary>
/// <param name="ExternalId">The customer's id there; with the origin unique.</param>
/// <param name="Country">As the shop writes it; null when not known.</param>
/// <param name="JoinedAt">Instant of the first trade.</param>
public sealed record ImportedCustomer(string ExternalId, string FirstName, string LastName, string? Country, DateTime JoinedAt);

/// <summary>The customers asked for, tracked by the caller's context, and how many of them are new.</summary>
public sealed record FoundCustomers(IReadOnlyDictionary<string, Customer> ByExternalId, int Added);

/// <summary>Lands past trade on customer records: once per origin and id there, and without touching what staff have edited since.</summary>
public sealed class ImportedCustomers(Shop shop)
{
    /// <summary>Finds the customers by their ids there and adds the missing ones; the caller saves.</summary>
    public async Task<FoundCustomers> FindOrAddAsync(CrmDbContext db, string origin, IReadOnlyCollection<ImportedCustomer> wanted, CancellationToken ct)
    {
        var ids = wanted.Select(w => w.ExternalId).ToList();
        var found = await db.Customers.Where(c => c.Origin == origin && ids.Contains(c.ExternalId!)).ToDictionaryAsync(c => c.ExternalId!, ct);
        var added = 0;
        foreach (var missing in wanted.Where(w => !found.ContainsKey(w.ExternalId)))
        {
            var customer = await NewAsync(db, origin, missing, ct);
            db.Customers.Add(customer);
            found.Add(missing.ExternalId, customer);
            added++;
        }
        return new FoundCustomers(found, added);
    }

    private async Task<Customer> NewAsync(CrmDbContext db, string origin, ImportedCustomer wanted, CancellationToken ct)
    {
        var customer = new Customer
        {
            Number = await db.NextNumberAsync(NumberKind.Customer, ct),
            Origin = origin,
            ExternalId = wanted.ExternalId,
            JoinedAt = wanted.JoinedAt,
        };
        customer.Rename(wanted.FirstName, wanted.LastName);
        customer.SetPlace(null, wanted.Country);
        customer.Touch(shop.Now);
        return customer;
    }
}
