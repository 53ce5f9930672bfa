using Crm.Data.Customers;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>Somebody who works here, or a stranger, asked for a customer's own page.</summary>
public sealed record NotACustomer() : ForbiddenError("This page is for customers of the shop. Your account has no customer record.");

/// <summary>The profile was changed in another window, or by the shop, in fields that were changed here too.</summary>
/// <param name="Now">The profile as it is now: the new starting point of the form.</param>
/// <param name="Mine">What stands in the form from now on: the profile as it is now with everything on it that was typed here.</param>
public sealed record ProfileChanged(IReadOnlyList<Clash> Clashes, ProfileEdit Now, ProfileEdit Mine)
    : ConflictError("Your profile was changed somewhere else while you were writing. Nothing is lost: choose what to keep, then save again.");

/// <summary>The number is on somebody else's record; whose is not told.</summary>
public sealed record PhoneElsewhere()
    : InvalidError(nameof(ProfileEdit.Phone), "We cannot take this number here. Use another one, or ask us at the counter.");

/// <summary>A channel that needs something first.</summary>
public sealed record ChannelNotReady(string Why) : ConflictError(Why);

/// <summary>The same, beside the switch that was sent with a whole profile.</summary>
public sealed record ChannelRefused(ConsentChannel Channel, string Why) : InvalidError($"{Channel}Notifications", Why);

/// <summary>Gone from the shelves, or never there.</summary>
public sealed record FavouriteNotFound() : NotFoundError("We do not sell this any more.");

/// <summary>A list of favourites stays short enough to read.</summary>
public sealed record TooManyFavourites(int Most) : ConflictError($"That is {Most} favourites already. Take one out first.");
