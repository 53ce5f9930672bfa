using System.Text.Json.Serialization;
using Crm.Data.Loyalty;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Loyalty;

/// <summary>What a customer's points stand at.</summary>
/// <param name="WorthMinor">As payment, minor units; 0 when the balance is below zero.</param>
/// <param name="Ending">Points that end soon, the next day first.</param>
public sealed record PointsBalance(Guid CustomerId, int Points, long WorthMinor, IReadOnlyList<PointsEnding> Ending);

/// <summary>Points that can be used until the day before.</summary>
public sealed record PointsEnding(DateOnly On, int Points);

/// <summary>One line of a customer's points ledger.</summary>
/// <param name="Points">Positive in, negative out.</param>
/// <param name="OrderId">The order that caused it, to be opened from the line.</param>
/// <param name="Note">What was said about points given or taken by hand; the customer reads it.</param>
public sealed record LedgerLine(Guid Id, LoyaltyKind Kind, int Points, DateTime At, DateTime? ActivatesAt, Guid? OrderId, string? OrderNumber, string? Note)
{
    /// <summary>The place right behind this line.</summary>
    [JsonIgnore]
    public Cursor Cursor => Cursor.At(At, Id);
}
