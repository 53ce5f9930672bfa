using Crm.Web.Shell.Theme;

namespace Crm.Web.Tests.Shell;

public class ThemeEndpointTests
{
    [Theory]
    [InlineData("/today", true)]
    [InlineData("/customers?q=ackee&sort=name", true)]
    [InlineData("/", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("@evil.example", false)]
    public void The_way_back_stays_on_this_host(string? url, bool local) => Assert.Equal(local, ThemeEndpoint.IsLocal(url));

    [Theory]
    [InlineData("theme=dark", "dark")]
    [InlineData("theme=light", "light")]
    [InlineData("theme=system", null)]
    [InlineData("theme=\"><script>", null)]
    [InlineData("", null)]
    public void Only_light_and_dark_are_wishes(string cookie, string? wish)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;

        Assert.Equal(wish, ThemeCookie.Read(context.Request));
    }
}
