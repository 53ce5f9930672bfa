using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Addresses;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>A customer's own profile: read it, and save what was changed. Only ever the signed-in person's own.</summary>
public sealed class ProfileService(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own, Shop shop)
{
    private const int MostTries = 3;
    private static readonly Dictionary<ConsentChannel, bool> NoChannels = [];

    /// <summary>The profile as its page shows it, or <see cref="NotACustomer"/>.</summary>
    public async Task<Result<ProfileView>> OpenAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        return await ViewAsync(db, await ReadAsync(db.Customers.AsNoTracking(), id, ct), ct);
    }

    /// <summary>What is wrong with what was typed so far, for the form to say on leaving a field; null when nothing is.</summary>
    public InvalidError? Check(ProfileEdit typed) => ProfileChecks.Tidy(typed, shop.Settings.Country).Error as InvalidError;

    /// <summary>
    /// Saves what was changed since the profile was opened; what was changed elsewhere in other fields meanwhile stays. Without a
    /// phone number SMS is switched off.
    /// </summary>
    /// <param name="opened">What <see cref="OpenAsync"/> gave.</param>
    /// <returns>The profile as it is now, or every complaint, <see cref="PhoneElsewhere"/>, <see cref="ProfileChanged"/>, <see cref="NotACustomer"/>.</returns>
    public Task<Result<ProfileView>> SaveAsync(ProfileEdit typed, ProfileEdit opened, CancellationToken ct) =>
        SaveAsync(typed, opened, channels: null, ct);

    /// <summary>
    /// The same for a program, which may leave parts of the address out; channels are turned on and off in the same transaction.
    /// </summary>
    /// <param name="channels">Null for a person, who has switches of their own.</param>
    /// <returns>Also <see cref="ChannelRefused"/>.</returns>
    public async Task<Result<ProfileView>> SaveAsync(ProfileEdit typed, ProfileEdit opened, IReadOnlyDictionary<ConsentChannel, bool>? channels, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
            var customer = await ReadAsync(db.Customers, id, ct);
            if (await PostAsync(db, customer, typed, opened, channels, ct) is { } complaint) return complaint;
            try
            {
                await db.SaveChangesAsync(ct);
                return await ViewAsync(db, customer, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // Somebody saved between our read and our write: lay the changes on the newer record.
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost) && attempt < MostTries)
            {
                // The same number, or a first address, arrived from elsewhere: the next look sees it.
            }
        }
    }

    /// <summary>The same in the unit of work of another room, which saves it and tries again when the save is lost to another.</summary>
    /// <param name="change">What the profile is to be, given what it is.</param>
    /// <returns>Done, or every complaint, <see cref="PhoneElsewhere"/>, <see cref="NotACustomer"/>.</returns>
    public async Task<Result<Done>> PostAsync(CrmDbContext db, Func<ProfileEdit, ProfileEdit> change, CancellationToken ct)
    {
        if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
        var customer = await ReadAsync(db.Customers, id, ct);
        var now = ProfileEdit.Of(customer);
        return await PostAsync(db, customer, change(now), now, NoChannels, ct) is { } complaint ? complaint : new Done();
    }

    private async Task<Error?> PostAsync(
        CrmDbContext db, Customer customer, ProfileEdit typed, ProfileEdit opened, IReadOnlyDictionary<ConsentChannel, bool>? channels, CancellationToken ct)
    {
        if (ProfileChecks.Tidy(typed, shop.Settings.Country, wholeAddress: channels is null).Failed(out var refusal, out var tidy)) return refusal;
        var now = ProfileEdit.Of(customer);
        var (merged, clashes) = ProfileFields.Merge(opened, tidy, now);
        if (clashes.Count > 0) return new ProfileChanged(clashes, now, merged);
        if (await CustomerChecks.TakenAsync(db, merged.Phone, email: null, customer.Id, ct) is not null) return new PhoneElsewhere();
        if (merged.Phone is { } phone && await db.Users.AnyAsync(u => u.PhoneNumber == phone && u.Id != customer.UserId, ct)) return new PhoneElsewhere();
        await WriteAsync(db, customer, merged, ct);
        return await TurnAsync(db, customer, channels ?? NoChannels, ct);
    }

    private async Task<ChannelRefused?> TurnAsync(CrmDbContext db, Customer customer, IReadOnlyDictionary<ConsentChannel, bool> channels, CancellationToken ct)
    {
        foreach (var (channel, on) in channels.Where(c => c.Value != Consents.IsOn(customer, c.Key)))
        {
            if (on && Consents.Missing(customer, channel) is { } missing) return new ChannelRefused(channel, missing);
            await Consents.WriteAsync(db, customer, channel, on, shop.Now, ct);
        }
        return null;
    }

    private async Task WriteAsync(CrmDbContext db, Customer customer, ProfileEdit edit, CancellationToken ct)
    {
        var (opened, person) = (ProfileEdit.Of(customer), edit.ToCustomer());
        if (ProfileFields.AreSame(opened, edit)) return;
        var hadPhone = customer.Phone is not null;
        person.Email = customer.Email;
        (person.City, person.Country) = edit.HasNoAddress && opened.HasNoAddress ? (customer.City, customer.Country)
            : edit.HasNoAddress ? (null, null)
            : (edit.City, Countries.Name(edit.Country!));
        CustomerIntake.Write(customer, person, shop.Now);
        WriteAddress(db, customer, edit);
        if (hadPhone && customer.Phone is null) await Consents.WriteAsync(db, customer, ConsentChannel.Sms, on: false, shop.Now, ct);
    }

    private static void WriteAddress(CrmDbContext db, Customer customer, ProfileEdit edit)
    {
        var home = ProfileEdit.HomeOf(customer);
        if (edit.HasNoAddress)
        {
            if (home is not null) customer.Addresses.Remove(home);
            return;
        }
        if (home is null)
        {
            home = new CustomerAddress { CustomerId = customer.Id, Kind = AddressKind.Shipping, IsDefault = true };
            customer.Addresses.Add(home);
            db.CustomerAddresses.Add(home);
        }
        (home.Street, home.Apartment, home.City) = (edit.Street ?? "", edit.Apartment, edit.City ?? "");
        (home.Province, home.PostalCode, home.Country) = (edit.Province, edit.PostalCode, edit.Country!);
    }

    private static Task<Customer> ReadAsync(IQueryable<Customer> customers, Guid id, CancellationToken ct) =>
        customers.Include(c => c.Diets).Include(c => c.Addresses).AsSplitQuery().SingleAsync(c => c.Id == id, ct);

    private static async Task<ProfileView> ViewAsync(CrmDbContext db, Customer customer, CancellationToken ct) => new(
        customer.Id, CustomerName.Number(customer.Number), ProfileEdit.Of(customer), customer.Email, customer.IsVerified,
        await FavouriteService.ReadAsync(db, customer.Id, ct), await Consents.ReadAsync(db, customer, ct));
}
