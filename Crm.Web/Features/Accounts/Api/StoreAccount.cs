using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>An address as the store's clients read it.</summary>
public sealed record StoreAddress(
    Guid Id, string AddressType, string FullName, string PhoneNumber, string StreetAddress, string Apartment, string City, string State, string Country, string ZipCode,
    bool IsDefault, DateTime CreatedAt);

/// <summary>The signed-in person's account with their addresses, and never another's.</summary>
sealed class StoreAccount(CurrentActor actor, OwnAccount own, ProfileService profile, IDbContextFactory<CrmDbContext> contexts)
{
    public async Task<Result<(AccountFacts Account, IReadOnlyList<StoreAddress> Addresses)>> OpenAsync(CancellationToken ct)
    {
        if ((await own.OpenAsync(ct)).Failed(out var refusal, out var account)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await (
            from customer in db.Customers.AsNoTracking()
            where customer.UserId == account.Id
            from address in customer.Addresses
            orderby address.IsDefault descending, address.Id descending
            select new { Address = address, customer.FirstName, customer.LastName, customer.Phone }).Take(100).ToListAsync(ct);
        return (account, [.. rows.Select(r => Of(r.Address, $"{r.FirstName} {r.LastName}".Trim(), r.Phone))]);
    }

    /// <summary>Saves names and number; of a customer on the record too, which the shop works with, or on neither.</summary>
    /// <returns>Done, or <see cref="AccountPhoneTaken"/>, <see cref="PhoneElsewhere"/>, or every complaint.</returns>
    public async Task<Result<Done>> SaveAsync(OwnAccountEdit edit, CancellationToken ct)
    {
        if (actor.UserId is null) return new ForbiddenError();
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            if (actor.IsCustomer && (await profile.PostAsync(db, now => With(now, edit), ct)).Failed(out var complaint, out _) && complaint is not NotACustomer) return complaint;
            return await own.WriteAsync(db, edit, ct);
        }, ct);
    }

    private static ProfileEdit With(ProfileEdit now, OwnAccountEdit edit) =>
        now with { FirstName = edit.FirstName ?? now.FirstName, LastName = edit.LastName ?? now.LastName, Phone = edit.Phone ?? now.Phone };

    private static StoreAddress Of(CustomerAddress address, string name, string? phone) => new(
        address.Id, address.Kind is AddressKind.Shipping ? "shipping" : "billing", address.Recipient ?? name, address.Phone ?? phone ?? "", address.Street, address.Apartment ?? "",
        address.City, address.Province ?? "", Countries.Name(address.Country), address.PostalCode ?? "", address.IsDefault, MadeAt(address.Id));

    // Ids of version 7 begin with the milliseconds at which they were made.
    private static DateTime MadeAt(Guid id) => DateTime.UnixEpoch.AddMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16));
}
