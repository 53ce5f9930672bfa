using Crm.Web.Shell.Theme;

namespace Crm.Web.Tests.Shell;

public class ThemeEndpointTests
{
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
