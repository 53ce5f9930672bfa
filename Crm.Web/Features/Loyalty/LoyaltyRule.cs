using System.Globalization;
using Crm.Data;
using Crm.Web.Features.Settings;

namespace Crm.Web.Features.Loyalty;

/// <summary>The rule of the points in words.</summary>
public static class LoyaltyRule
{
    private const int OnePoint = 10_000;

    /// <summary>What a purchase earns, by the shop's rule of today.</summary>
    public static string Of(Shop shop)
    {
        var unit = shop.FormatWhole(new Money(100));
        return shop.Settings.PointsPerUnitBasisPoints switch
        {
            0 => "Purchases earn no points at the moment.",
            OnePoint => $"Every {unit} you spend is a point.",
            var rate => $"Every {unit} you spend is {((decimal)rate / OnePoint).ToString("0.####", CultureInfo.InvariantCulture)} points, counted in whole points.",
        };
    }
}
