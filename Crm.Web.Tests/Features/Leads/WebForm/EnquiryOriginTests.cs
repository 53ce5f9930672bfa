using Crm.Web.Features.Leads.WebForm;

namespace Crm.Web.Tests.Features.Leads.WebForm;

/// <summary>Where a lead says it came from, by the address that somebody opened the form with; anybody can write such an address.</summary>
[Trait("contract", "M-152")]
public sealed class EnquiryOriginTests
{
    [Theory]
    [InlineData(null, "Web form")]
    [InlineData("", "Web form")]
    [InlineData("  ", "Web form")]
    [InlineData("instagram", "Instagram")]
    [InlineData("IG", "Instagram")]
    [InlineData("l.instagram.com", "Instagram")]
    [InlineData("fb", "Facebook")]
    [InlineData("m.facebook.com", "Facebook")]
    [InlineData("WhatsApp", "WhatsApp")]
    [InlineData("tiktok", "TikTok")]
    [InlineData("church_bulletin", "Church bulletin")]
    [InlineData("<script>alert(1)</script>", "Script alert 1 script")]
    [InlineData("=1+1", "1 1")]
    [InlineData("[x](javascript:1)", "X javascript 1")]
    [InlineData("---", "Web form")]
    [InlineData("a very long place of which nobody ever heard before today", "A very long place of which nobody ever h")]
    public void A_place_has_one_name(string? via, string source) => Assert.Equal(source, new EnquiryOrigin(via).Source);

    [Fact]
    public void The_rest_is_a_story_clean_and_short()
    {
        Assert.Null(new EnquiryOrigin("instagram").Story);
        Assert.Equal("Came from Instagram by the web form. Campaign: Jollof june. Medium: story.", new EnquiryOrigin("instagram", "story", "Jollof_june").Story);
        Assert.InRange(new EnquiryOrigin("x", new string('m', 5_000), new string('<', 5_000), new string('c', 5_000)).Story!.Length, 200, 300);
    }
}
