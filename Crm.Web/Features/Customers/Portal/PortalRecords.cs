using System.Text.Json.Serialization;
using Crm.Data.Orders;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>A customer's first page.</summary>
/// <param name="Number">What the counter scans or types: C-1042.</param>
/// <param name="WorthMinor">What the points are worth as payment, minor units; 0 when the balance is below zero.</param>
/// <param name="Orders">The newest few.</param>
public sealed record PortalHome(
    Guid CustomerId, string FirstName, string Name, string Number, DateOnly JoinedOn, int Points, long WorthMinor, TierStanding Tier,
    IReadOnlyList<OwnOrderRow> Orders, PurchaseFigures Purchases, IReadOnlyList<OftenBought> Often, ProfileSummary Profile);

/// <summary>One line of a customer's own orders.</summary>
/// <param name="Things">Lines of the order.</param>
/// <param name="TotalMinor">Minor units.</param>
/// <param name="Art">The drawing of one of its foods, if any has one.</param>
public sealed record OwnOrderRow(Guid Id, string Number, DateTime PlacedAt, OrderStatus Status, OrderChannel Channel, int Things, long TotalMinor, string? Art)
{
    /// <summary>The place right behind this order.</summary>
    [JsonIgnore]
    public Cursor Cursor => Cursor.At(PlacedAt, Id);
}

/// <summary>What somebody bought, by the rule of the trade: not cancelled, with a total.</summary>
/// <param name="SpentMinor">Ever, net of what came back, minor units.</param>
/// <param name="LastYear">Orders of the last twelve months.</param>
/// <param name="LastYearSpentMinor">Of the last twelve months, net of what came back, minor units.</param>
public sealed record PurchaseFigures(int Orders, long SpentMinor, int LastYear, long LastYearSpentMinor)
{
    /// <summary>Minor units, rounded half away from zero; null without an order.</summary>
    public long? AverageMinor => Orders == 0 ? null : (long)decimal.Round((decimal)SpentMinor / Orders, 0, MidpointRounding.AwayFromZero);
}

/// <summary>A food that somebody keeps coming back for.</summary>
/// <param name="Times">Orders of the last twelve months that had it.</param>
public sealed record OftenBought(Guid ProductId, string Name, string? Art, int Times);

/// <summary>Who the shop thinks this is, and how it may write.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Place">Street and city of the default address.</param>
public sealed record ProfileSummary(
    string? Email, bool IsVerified, string? Phone, string? Place, IReadOnlyList<string> Diets, string Language, bool NotifyByEmail, bool NotifyBySms, bool NotifyByPush);
