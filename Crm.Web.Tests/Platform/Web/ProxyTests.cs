using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Web;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Web;

[Trait("contract", "M-029"), Trait("contract", "M-058"), Trait("contract", "M-059")]
public sealed class ProxyTests
{
    private const string Somebody = "/api/users/";

    [Theory, BothDatabases]
    public async Task Without_a_known_proxy_the_forwarded_address_changes_nothing(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        for (var call = 0; call < 100; call++) Assert.Equal(401, await FromAsync(site, "203.0.113.7", $"198.51.100.{call}"));

        Assert.Equal(429, await FromAsync(site, "203.0.113.7", "198.51.100.200"));
        Assert.Equal(401, await FromAsync(site, "203.0.113.8", null));
    }

    [Theory, BothDatabases]
    public async Task A_known_proxy_is_believed_about_the_nearest_address_and_nobody_else_is(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true, settings: [("Proxy:Known:0", "10.0.0.0/8")]);
        for (var call = 0; call < 100; call++) Assert.Equal(401, await FromAsync(site, "10.1.2.3", $"192.0.2.{call}, 198.51.100.9"));
        Assert.Equal(429, await FromAsync(site, "10.1.2.3", "192.0.2.1, 198.51.100.9"));
        Assert.Equal(401, await FromAsync(site, "10.1.2.3", "198.51.100.10"));

        for (var call = 0; call < 100; call++) Assert.Equal(401, await FromAsync(site, "203.0.113.7", $"198.51.100.{100 + call}"));
        Assert.Equal(429, await FromAsync(site, "203.0.113.7", "198.51.100.250"));
    }

    [Theory, BothDatabases]
    public async Task Where_people_come_by_https_plain_http_is_refused_or_led_there(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, settings: [("Web:PublicAddress", "https://shop.example")]);
        using var program = site.Program("http://shop.example");
        var api = await program.GetAsync("/api/users/");
        Assert.Equal((HttpStatusCode.Forbidden, """{"detail":"This API is served over HTTPS only."}"""), (api.Status, api.Text));
        var page = await program.GetAsync("/account/sign-in?x=1");
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://shop.example/account/sign-in?x=1"), (page.Status, page.Message.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/healthz")).Status);

        using var secure = site.Program("https://shop.example");
        var answer = await secure.GetAsync("/healthz");
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Message.Headers.GetValues("Strict-Transport-Security").Single());
        using var other = site.Program("https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await other.GetAsync("/healthz")).Status);
    }

    [Theory]
    [InlineData("10.0.0.5", true)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("::1", true)]
    [InlineData("proxy", false)]
    [InlineData("10.0.0.0/33", false)]
    public void What_is_no_address_is_refused_at_start(string known, bool good) =>
        Assert.Equal(good, !new ProxyOptions { Known = [known] }.Validate(null!).Any());

    private static async Task<int> FromAsync(TestSite site, string peer, string? forwarded)
    {
        var answer = await site.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path) = ("GET", "https", new HostString("localhost"), Somebody);
            if (forwarded is not null) context.Request.Headers["X-Forwarded-For"] = forwarded;
        });
        return answer.Response.StatusCode;
    }
}
