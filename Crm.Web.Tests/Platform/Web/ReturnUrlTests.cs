using Crm.Web.Platform.Web;

namespace Crm.Web.Tests.Platform.Web;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/leads?status=New&at=//x")]
    [InlineData("/customers/1#notes")]
    [InlineData("/%09/evil.example")]
    [InlineData("/leads/")]
    [InlineData("/files/a..b.pdf")]
    public void A_path_of_this_host_is_kept(string url) => Assert.Equal(url, ReturnUrl.Safe(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/today\\..\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData(" /today")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("@evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/evil")]
    [InlineData("/.//evil.example")]
    [InlineData("/me/..//evil.example")]
    [InlineData("/../%2Fevil.example")]
    [InlineData("/%2e%2e/%2fevil.example")]
    [InlineData("/today/..")]
    public void Everything_else_leads_to_the_start_page(string? url) => Assert.Equal("/", ReturnUrl.Safe(url));
}
