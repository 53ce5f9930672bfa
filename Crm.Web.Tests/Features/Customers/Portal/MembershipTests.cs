using Crm.Web.Features.Customers.Portal;

namespace Crm.Web.Tests.Features.Customers.Portal;

public sealed class MembershipTests
{
    [Theory, Trait("contract", "M-078")]
    [InlineData("2025-03-15", "2026-11-20", "1 year 8 months", "March 2025")]
    [InlineData("2025-03-21", "2026-11-20", "1 year 7 months", "March 2025")]
    [InlineData("2024-11-20", "2026-11-20", "2 years", "November 2024")]
    [InlineData("2025-11-20", "2026-11-20", "1 year", "November 2025")]
    [InlineData("2025-11-21", "2026-11-20", "11 months", "November 2025")]
    [InlineData("2026-10-20", "2026-11-20", "1 month", "October 2026")]
    [InlineData("2026-10-21", "2026-11-20", "30 days", "21 October")]
    [InlineData("2026-11-19", "2026-11-20", "1 day", "19 November")]
    [InlineData("2026-11-20", "2026-11-20", "First day", "today")]
    [InlineData("2026-10-31", "2026-11-30", "1 month", "October 2026")]
    [InlineData("2024-02-29", "2025-02-28", "1 year", "February 2024")]
    public void Membership_is_told_in_years_and_months(string joined, string today, string length, string since)
    {
        Assert.Equal(length, Membership.Length(DateOnly.Parse(joined), DateOnly.Parse(today)));
        Assert.Equal(since, Membership.Since(DateOnly.Parse(joined), DateOnly.Parse(today)));
    }
}
