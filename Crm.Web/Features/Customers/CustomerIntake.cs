using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>What another room knows about somebody who becomes a customer.</summary>
public sealed record NewCustomer
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }

    /// <summary>In any style; stored as E.164.</summary>
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? City { get; init; }
    public string? Country { get; init; }
    public string Language { get; init; } = "en";

    /// <summary>The account that the customer signs in with, if there is one.</summary>
    public Guid? UserId { get; init; }
    public bool IsVerified { get; init; }
}

/// <summary>
/// The one door through which other rooms make customers (a converted lead, a registration), inside their own transaction.
/// Asks nobody for permission: the room that opened the context has done so.
/// </summary>
public sealed class CustomerIntake(Shop shop)
{
    /// <summary>Adds the customer to the caller's context; the caller saves.</summary>
    /// <returns>The new customer, or every complaint, or <see cref="CustomerTaken"/> with the id of the one who has that phone or e-mail.</returns>
    public async Task<Result<Customer>> AddAsync(CrmDbContext db, NewCustomer wanted, CancellationToken ct)
    {
        var typed = new CustomerEdit
        {
            FirstName = wanted.FirstName,
            LastName = wanted.LastName,
            Phone = wanted.Phone,
            Email = wanted.Email,
            City = wanted.City,
            Country = wanted.Country,
            Language = wanted.Language,
        };
        return await AddAsync(db, typed, wanted.UserId, wanted.IsVerified, ct);
    }

    /// <summary>Whose phone number or e-mail address this is; null when nobody's or when it is none.</summary>
    public async Task<CustomerTaken?> FindAsync(CrmDbContext db, string? phone, string? email, CancellationToken ct)
    {
        var e164 = Platform.Phones.PhoneNumber.TryParse(phone, shop.Settings.Country, out var number) ? number : null;
        return await CustomerChecks.TakenAsync(db, e164, string.IsNullOrWhiteSpace(email) ? null : email.Trim(), self: null, ct);
    }

    /// <summary>Gives a known customer the account that claimed the record; the caller saves.</summary>
    /// <returns>The customer, or a refusal when the record has another account already.</returns>
    public async Task<Result<Customer>> LinkAccountAsync(CrmDbContext db, Guid customerId, Guid userId, bool verified, CancellationToken ct)
    {
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Id == customerId, ct);
        if (customer is null) return new CustomerNotFound();
        if (customer.UserId is { } other && other != userId) return new ConflictError("This customer already has an account.");
        customer.LinkAccount(userId);
        if (verified) customer.SetVerified(true);
        customer.Touch(shop.Now);
        return customer;
    }

    internal async Task<Result<Customer>> AddAsync(CrmDbContext db, CustomerEdit typed, Guid? userId, bool verified, CancellationToken ct)
    {
        if (CustomerChecks.Tidy(typed, shop.Settings.Country).Failed(out var refusal, out var tidy)) return refusal;
        if (await CustomerChecks.TakenAsync(db, tidy.Phone, tidy.Email, self: null, ct) is { } taken) return taken;
        var now = shop.Now;
        var customer = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, ct), JoinedAt = now };
        Write(customer, tidy, now);
        customer.SetVerified(verified);
        if (userId is { } user) customer.LinkAccount(user);
        db.Customers.Add(customer);
        return customer;
    }

    /// <summary>Puts tidied values on the record.</summary>
    internal static void Write(Customer customer, CustomerEdit tidy, DateTime now)
    {
        customer.Rename(tidy.FirstName ?? "", tidy.LastName ?? "");
        customer.SetPhone(tidy.Phone);
        customer.SetEmail(tidy.Email);
        customer.SetPlace(tidy.City, tidy.Country);
        customer.SetLanguage(tidy.Language);
        customer.SetTastes(tidy.DietNote, tidy.FavouriteNote);
        customer.Diets.RemoveAll(d => !tidy.Diets.Contains(d.Diet));
        customer.Diets.AddRange(tidy.Diets.Where(diet => customer.Diets.All(d => d.Diet != diet)).Select(diet => new CustomerDiet { CustomerId = customer.Id, Diet = diet }));
        customer.Touch(now);
    }
}
