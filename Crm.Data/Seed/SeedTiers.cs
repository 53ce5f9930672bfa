using Crm.Data.Loyalty;

namespace Crm.Data.Seed;

/// <summary>The four tiers, and who stands on which: by what they spent in twelve months, net of what came back.</summary>
static class SeedTiers
{
    private static readonly (string Name, long Threshold, string Perk)[] Steps =
    [
        ("Bronze", 0, "A point for every dollar"),
        ("Silver", 500_00, "Free delivery from $50"),
        ("Gold", 1_500_00, "First pick of fresh arrivals, free delivery from $30"),
        ("Platinum", 3_000_00, "Free delivery always, and a hamper in December"),
    ];

    public static void Fill(SeedShop shop)
    {
        var at = SeedCalendar.At(shop.Calendar.Start, 0);
        shop.Tiers.AddRange(Steps.Select(s => new LoyaltyTier { Id = shop.Ids.At(at), Name = s.Name, ThresholdMinor = s.Threshold, Perk = s.Perk }));
    }

    public static void Climb(SeedShop shop)
    {
        var since = shop.Calendar.Now.AddYears(-1);
        foreach (var customer in shop.Customers)
        {
            var spent = customer.Spending.Where(s => s.At >= since).Sum(s => s.Minor);
            customer.Row.SetTier(shop.Tiers.Where(t => t.ThresholdMinor <= Math.Max(spent, 0)).MaxBy(t => t.ThresholdMinor)!.Id);
        }
    }
}
