using Crm.Web.Platform.Web;

namespace Crm.Web.Tests.Platform.Web;

public class CircuitOriginTests
{
    [Theory]
    [InlineData("/_blazor", "https://shop.example", true)]
    [InlineData("/_blazor/negotiate", "https://shop.example:443", true)]
    [InlineData("/_blazor", null, true)]
    [InlineData("/_blazor", "http://shop.example", true)]
    [InlineData("/_blazor", "https://evil.example", false)]
    [InlineData("/_blazor/negotiate", "https://shop.example.evil.example", false)]
    [InlineData("/_blazor", "https://shop.example:8443", false)]
    [InlineData("/_blazor", "null", false)]
    [InlineData("/_blazor", "file://shop.example", false)]
    [InlineData("/_blazor", "", false)]
    [InlineData("/today", "https://evil.example", true)]
    public async Task A_circuit_is_opened_only_for_pages_of_this_host(string path, string? origin, bool open)
    {
        var context = new DefaultHttpContext { Request = { Scheme = "https", Host = new("shop.example"), Path = path } };
        if (origin is not null) context.Request.Headers.Origin = origin;
        var reached = false;

        await new CircuitOrigin(_ => { reached = true; return Task.CompletedTask; }).InvokeAsync(context);

        Assert.Equal(open, reached);
        Assert.Equal(open ? 200 : 403, context.Response.StatusCode);
    }

    [Fact]
    public async Task Two_origins_are_none()
    {
        var context = new DefaultHttpContext { Request = { Scheme = "https", Host = new("shop.example"), Path = "/_blazor" } };
        context.Request.Headers.Origin = new(["https://shop.example", "https://evil.example"]);

        await new CircuitOrigin(_ => Task.CompletedTask).InvokeAsync(context);

        Assert.Equal(403, context.Response.StatusCode);
    }
}
