using System.Linq.Expressions;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>The number cannot be taken; whose it is stays untold.</summary>
public sealed record PhoneNotFree(string Field) : InvalidError(Field, "We cannot take this number here. Leave it out, or ask us at the counter.");

/// <summary>
/// The one door through which accounts keep the record of their customer in step, inside their own transaction: opened when somebody
/// registers, joined with the record that the shop has already once the address is proved, moved with the address.
/// </summary>
public sealed class CustomerAccounts(CustomerIntake intake, Shop shop)
{
    /// <summary>
    /// A record for a new account. One that the shop has under the same address is not touched, since nobody has proved yet that it is
    /// theirs: the new record then stands without the address until <see cref="VerifyAsync"/>.
    /// </summary>
    /// <param name="wanted">With the account's id.</param>
    /// <param name="channels">By which the shop may write; SMS only with a number.</param>
    /// <returns>The record, or every complaint, <see cref="PhoneNotFree"/> among them.</returns>
    public async Task<Result<Customer>> OpenAsync(CrmDbContext db, NewCustomer wanted, IReadOnlyCollection<ConsentChannel> channels, CancellationToken ct)
    {
        if ((await FreePhoneAsync(db, wanted, ct)).Failed(out var refusal, out var phone)) return refusal;
        var known = await intake.FindAsync(db, phone: null, wanted.Email, ct);
        var open = wanted with { Phone = phone.Number, Email = known is null ? wanted.Email : null };
        if ((await intake.AddAsync(db, open, ct)).Failed(out refusal, out var customer)) return refusal;
        foreach (var channel in channels.Where(c => c is not ConsentChannel.Sms || customer.Phone is not null))
            await Consents.WriteAsync(db, customer, channel, on: true, Consents.Registration, shop.Now, ct);
        return customer;
    }

    /// <summary>Whether a number could be given to whoever registers with this address, before anything is written.</summary>
    public async Task<PhoneNotFree?> PhoneRefusalAsync(CrmDbContext db, NewCustomer wanted, CancellationToken ct) =>
        (await FreePhoneAsync(db, wanted, ct)).Error as PhoneNotFree;

    /// <summary>The address of the account is proved: the record counts as verified, and what the shop had under the address may be theirs.</summary>
    /// <param name="isOwner">Whoever proved it also showed that the account is theirs. Else an older record stays where it is.</param>
    /// <returns>The record, which may be that older one; null for an account without a record.</returns>
    public async Task<Customer?> VerifyAsync(CrmDbContext db, Guid userId, string email, bool isOwner, CancellationToken ct)
    {
        if (await OwnAsync(db, userId, ct) is not { } own) return null;
        var normal = email.ToUpperInvariant();
        var older = await db.Customers.SingleOrDefaultAsync(c => c.NormalizedEmail == normal && c.Id != own.Id, ct);
        if (isOwner && older is { UserId: null } && await IsBareAsync(db, own.Id, ct)) own = await JoinAsync(db, own, older, ct);
        else if (older is null) own.SetEmail(email);
        own.SetVerified(true);
        own.Touch(shop.Now);
        return own;
    }

    /// <summary>Whether an account has a record of its own beside one that the shop has under the account's address, and nobody signs in to.</summary>
    public async Task<bool> IsRecordWaitingAsync(CrmDbContext db, Guid userId, string? normalEmail, CancellationToken ct) =>
        normalEmail is not null && await db.Customers.AnyAsync(c => c.NormalizedEmail == normalEmail && c.UserId == null, ct)
        && await db.Customers.AnyAsync(c => c.UserId == userId, ct);

    /// <summary>The account has another address, which is proved.</summary>
    /// <returns>False when the address is on the record of somebody else; nothing is changed then.</returns>
    public async Task<bool> MoveEmailAsync(CrmDbContext db, Guid userId, string email, CancellationToken ct)
    {
        if (await OwnAsync(db, userId, ct) is not { } own) return true;
        if (await CustomerChecks.TakenAsync(db, phone: null, email, own.Id, ct) is not null) return false;
        own.SetEmail(email);
        own.SetVerified(true);
        own.Touch(shop.Now);
        return true;
    }

    private static Task<Customer?> OwnAsync(CrmDbContext db, Guid userId, CancellationToken ct) => db.Customers.SingleOrDefaultAsync(c => c.UserId == userId, ct);

    // A number on the record that has the address already may well be theirs: it stays there, and comes to them with that record.
    private async Task<Result<Free>> FreePhoneAsync(CrmDbContext db, NewCustomer wanted, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(wanted.Phone)) return new Free(null);
        if (!PhoneNumber.TryParse(wanted.Phone, shop.Settings.Country, out var phone)) return new InvalidError(nameof(wanted.Phone), PhoneNumber.Complaint(shop.Settings.Country));
        var normal = wanted.Email?.Trim().ToUpperInvariant();
        var holder = await db.Customers.AsNoTracking().Where(c => c.Phone == phone).Select(c => new { c.NormalizedEmail }).SingleOrDefaultAsync(ct);
        if (holder is null) return await db.Users.AnyAsync(u => u.PhoneNumber == phone && (normal == null || u.NormalizedEmail != normal), ct) ? new PhoneNotFree(nameof(wanted.Phone)) : new Free(phone);
        return normal is not null && holder.NormalizedEmail == normal ? new Free(null) : new PhoneNotFree(nameof(wanted.Phone));
    }

    // Nothing but what registering and the profile wrote: such a record can go without a loss.
    private static async Task<bool> IsBareAsync(CrmDbContext db, Guid id, CancellationToken ct) =>
        !await db.Orders.AnyAsync(o => o.CustomerId == id, ct) && !await db.Returns.AnyAsync(r => r.CustomerId == id, ct)
        && !await db.LoyaltyEntries.AnyAsync(e => e.CustomerId == id, ct) && !await db.CustomerNotes.AnyAsync(n => n.CustomerId == id, ct)
        && !await db.CustomerAddresses.AnyAsync(a => a.CustomerId == id, ct);

    // What the owner said of themselves just now goes with them; of what stands once, the shop's record keeps what it has, but for the number.
    private static async Task<Customer> JoinAsync(CrmDbContext db, Customer fresh, Customer older, CancellationToken ct)
    {
        var (account, phone) = (fresh.UserId!.Value, fresh.Phone ?? older.Phone);
        CopyWhatIsMissing(fresh, older);
        var diets = await LackingAsync(db.CustomerDiets, d => d.CustomerId == fresh.Id, d => d.CustomerId == older.Id, d => d.Diet, ct);
        var favourites = await LackingAsync(db.CustomerFavourites, f => f.CustomerId == fresh.Id, f => f.CustomerId == older.Id, f => f.ProductId, ct);
        var given = await db.ConsentReceipts.AsNoTracking().Where(r => r.CustomerId == fresh.Id && r.WithdrawnAt == null).ToListAsync(ct);
        db.Customers.Remove(fresh);
        // The account and the number belong to one record at a time.
        await db.SaveChangesAsync(ct);
        older.SetPhone(phone);
        older.LinkAccount(account);
        db.CustomerDiets.AddRange(diets.Select(diet => new CustomerDiet { CustomerId = older.Id, Diet = diet }));
        db.CustomerFavourites.AddRange(favourites.Select(product => new CustomerFavourite { CustomerId = older.Id, ProductId = product }));
        foreach (var receipt in given.Where(r => r.Channel is not ConsentChannel.Sms || phone is not null))
            await Consents.WriteAsync(db, older, receipt.Channel, on: true, receipt.Source, receipt.GivenAt, ct);
        return older;
    }

    private static void CopyWhatIsMissing(Customer fresh, Customer older)
    {
        if (older.Name.Length == 0) older.Rename(fresh.FirstName, fresh.LastName);
        if (older.City is null) older.SetPlace(fresh.City, fresh.Country ?? older.Country);
        if (fresh.Language != CustomerLanguages.Default) older.SetLanguage(fresh.Language);
        older.SetTastes(Both(older.DietNote, fresh.DietNote), Both(older.FavouriteNote, fresh.FavouriteNote));
    }

    // Either may name an allergy. When there is no room for both, the owner's own words are the ones to keep.
    private static string? Both(string? older, string? fresh)
    {
        if (older is null || fresh is null || older == fresh) return fresh ?? older;
        return older.Length + fresh.Length + 2 > CustomerChecks.NoteLength ? fresh : $"{older}; {fresh}";
    }

    private static async Task<List<TKey>> LackingAsync<T, TKey>(
        IQueryable<T> all, Expression<Func<T, bool>> ofFresh, Expression<Func<T, bool>> ofOlder, Expression<Func<T, TKey>> key, CancellationToken ct) where T : class =>
        await all.Where(ofFresh).Select(key).Except(all.Where(ofOlder).Select(key)).ToListAsync(ct);

    private sealed record Free(string? Number);
}
