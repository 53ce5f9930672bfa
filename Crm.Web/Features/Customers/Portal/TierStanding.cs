using Crm.Data;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>A step of the ladder.</summary>
/// <param name="ThresholdMinor">Spend in twelve months from which it is reached, minor units.</param>
public sealed record TierStep(Guid Id, string Name, long ThresholdMinor, string? Perk);

/// <summary>Where a customer stands on the ladder and how far the next step is.</summary>
/// <param name="Name">Null in a shop without tiers.</param>
/// <param name="Percent">Of the way to the next step's threshold; 100 on the highest.</param>
/// <param name="NextName">Null on the highest step.</param>
/// <param name="MissingMinor">Spend that is missing to the next step, minor units, rounded up to whole units of currency.</param>
public sealed record TierStanding(string? Name, string? Perk, int Percent, string? NextName, string? NextPerk, long MissingMinor)
{
    private const int MinorPerUnit = 100;

    /// <summary>
    /// Climbing is at once and falling is not: the tier that is held counts until it is taken, a higher one that the spend of twelve
    /// months has reached counts already.
    /// </summary>
    /// <param name="ladder">Lowest first.</param>
    /// <param name="spentMinor">Twelve months, net of what came back.</param>
    public static TierStanding On(IReadOnlyList<TierStep> ladder, Guid? heldId, Money spentMinor)
    {
        var held = ladder.FirstOrDefault(t => t.Id == heldId);
        var reached = ladder.LastOrDefault(t => t.ThresholdMinor <= Math.Max(spentMinor.Minor, 0));
        var now = (held?.ThresholdMinor ?? -1) > (reached?.ThresholdMinor ?? -1) ? held : reached;
        var next = ladder.FirstOrDefault(t => t.ThresholdMinor > Math.Max(spentMinor.Minor, now?.ThresholdMinor ?? -1));
        if (next is null) return new(now?.Name, now?.Perk, 100, null, null, 0);
        var missing = next.ThresholdMinor - Math.Max(spentMinor.Minor, 0);
        var percent = (int)(Math.Max(spentMinor.Minor, 0) * 100 / next.ThresholdMinor);
        return new(now?.Name, now?.Perk, percent, next.Name, next.Perk, (missing + MinorPerUnit - 1) / MinorPerUnit * MinorPerUnit);
    }
}
