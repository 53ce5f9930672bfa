using Crm.Data;
using Crm.Web.Features.Customers.Portal;

namespace Crm.Web.Tests.Features.Customers.Portal;

public sealed class TierStandingTests
{
    private static readonly TierStep Bronze = new(Guid.CreateVersion7(), "Bronze", 0, null);
    private static readonly TierStep Gold = new(Guid.CreateVersion7(), "Gold", 1_500_00, "first pick");
    private static readonly TierStep Platinum = new(Guid.CreateVersion7(), "Platinum", 3_000_00, "free delivery");
    private static readonly TierStep[] Ladder = [Bronze, Gold, Platinum];

    [Theory]
    [InlineData(0, "Bronze", "Gold", 0, 1_500_00)]
    [InlineData(1_499_99, "Bronze", "Gold", 99, 1_00)]
    [InlineData(1_500_00, "Gold", "Platinum", 50, 1_500_00)]
    [InlineData(2_480_00, "Gold", "Platinum", 82, 520_00)]
    [InlineData(2_479_50, "Gold", "Platinum", 82, 521_00)]
    [InlineData(3_000_00, "Platinum", null, 100, 0)]
    [InlineData(-20_00, "Bronze", "Gold", 0, 1_500_00)]
    public void Spend_of_twelve_months_decides_how_far_the_next_tier_is(long spent, string name, string? next, int percent, long missing)
    {
        var standing = TierStanding.On(Ladder, null, new Money(spent));

        Assert.Equal((name, next, percent, missing), (standing.Name, standing.NextName, standing.Percent, standing.MissingMinor));
    }

    [Fact]
    public void A_tier_that_is_held_is_not_lost_by_spending_less()
    {
        var standing = TierStanding.On(Ladder, Gold.Id, new Money(200_00));

        Assert.Equal(("Gold", "Platinum", 2_800_00L, "free delivery"), (standing.Name, standing.NextName, standing.MissingMinor, standing.NextPerk));
    }

    [Fact]
    public void A_shop_without_tiers_shows_none() => Assert.Equal(new TierStanding(null, null, 100, null, null, 0), TierStanding.On([], null, new Money(10_00)));

    [Fact]
    public void Below_the_lowest_tier_the_way_to_it_is_shown()
    {
        var standing = TierStanding.On([Gold, Platinum], null, new Money(300_00));

        Assert.Equal((null, "Gold", 1_200_00L), (standing.Name, standing.NextName, standing.MissingMinor));
    }
}
