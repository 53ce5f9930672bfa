using Crm.Data.Customers;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>The profile as its page shows it.</summary>
/// <param name="Edit">Hand it back when saving.</param>
/// <param name="Email">Shown only; changing it needs a proof that the new one is theirs.</param>
public sealed record ProfileView(
    Guid CustomerId, string Number, ProfileEdit Edit, string? Email, bool IsVerified, IReadOnlyList<FavouriteRow> Favourites, IReadOnlyList<ChannelState> Channels);

/// <summary>A product that somebody marked.</summary>
public sealed record FavouriteRow(Guid ProductId, string Name, string? Art);

/// <summary>Whether the shop may write by one channel.</summary>
/// <param name="Since">When that was agreed to; null while it is off.</param>
/// <param name="Missing">What has to be given first, in words; null when nothing is missing.</param>
public sealed record ChannelState(ConsentChannel Channel, bool On, DateTime? Since, string? Missing);
