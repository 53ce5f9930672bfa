using Crm.Data.Customers;
using Crm.Web.Features.Customers.Portal;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>Everything about a customer that stands above the timeline and beside it.</summary>
/// <param name="DeletionAskedAt">When they asked for their account to be deleted, UTC.</param>
/// <param name="SpentMinor">Minor units of the origin's currency, over all time.</param>
/// <param name="Origin">Where an imported record came from; its trade is in that currency.</param>
/// <param name="RhythmDays">Days that usually lie between two visits; null before the third visit.</param>
public sealed record CustomerProfile(
    Guid Id, long Number, string? FirstName, string? LastName, string? Email, string? Phone, string? City, string? Country, string Language,
    bool IsActive, bool IsVerified, bool HasAccount, DateTime JoinedAt, DateTime UpdatedAt, DateTime? LastSignInAt, DateTime? DeletionAskedAt,
    int Points, long SpentMinor, int OrderCount, DateTime? LastOrderAt, int? RhythmDays, TierStanding Tier,
    IReadOnlyList<Diet> Diets, string? DietNote, string? FavouriteNote, IReadOnlyList<string> Favourites, IReadOnlyList<MayWrite> MayWrite,
    IReadOnlyList<AddressRow> Addresses, IReadOnlyList<UsualFood> UsuallyBuys, int Ledger, int Notes, string? Origin = null)
{
    public string Name => CustomerName.Of(FirstName, LastName, Phone, Email, Number);

    /// <summary>Minor units, rounded half away from zero.</summary>
    public long? AverageOrderMinor => OrderCount == 0 ? null : (long)decimal.Round((decimal)SpentMinor / OrderCount, 0, MidpointRounding.AwayFromZero);
}

/// <summary>Whether the shop may write to a customer for its own sake (offers, reminders) by one channel, and why or why not.</summary>
public sealed record MayWrite(ConsentChannel Channel, bool Yes, string Why)
{
    /// <summary>Consent, a confirmed address and an open switch are all needed; orders and receipts are not asked here.</summary>
    public static MayWrite Of(ConsentChannel channel, DateOnly? consentOn, bool switchOn, bool reachable, bool verified, bool active) => (consentOn, channel) switch
    {
        _ when !active => new(channel, false, "not an active customer"),
        _ when !reachable => new(channel, false, channel is ConsentChannel.Email ? "no e-mail address" : channel is ConsentChannel.Sms ? "no phone number" : "no account"),
        (null, _) => new(channel, false, "no consent given"),
        _ when !verified => new(channel, false, "not verified yet"),
        _ when !switchOn => new(channel, false, "switched off by the customer"),
        ({ } day, _) => new(channel, true, $"consent of {day:d MMM yyyy}"),
    };
}

/// <summary>What somebody keeps coming back for.</summary>
/// <param name="Art">Its drawing, if it has one.</param>
/// <param name="Times">Orders of the last twelve months that had it.</param>
/// <param name="EveryDays">Days that lie between two of them on average; null before the third.</param>
public sealed record UsualFood(Guid ProductId, string Name, string? Art, int Times, int? EveryDays);

/// <summary>One of a customer's addresses.</summary>
public sealed record AddressRow(Guid Id, AddressKind Kind, bool IsDefault, string? Recipient, string Street, string? Apartment, string City, string? Province, string? PostalCode, string Country, string? Phone);
