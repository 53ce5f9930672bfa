using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>The mails of development: to be read and followed there, and nowhere else.</summary>
public class DevMailPageTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_mail_that_landed_can_be_read_and_followed(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, "Development");
        var id = Guid.CreateVersion7().ToString("N");
        await site.Get<IEmailTransport>().SendAsync(new(id, "shop@shop.example", "Shop", "a@example.com", "Ọláyínká", $"Hello {id}",
            "<html><head></head><body><a href=\"http://localhost/verify?token=x\">Go</a><script>alert(1)</script></body></html>", "Go: http://localhost/verify?token=x\r\nBye"), Now);
        using var browser = site.Browser();

        await browser.GoAsync("/dev/mail");
        var link = browser.Page.QuerySelectorAll("li a").Single(a => a.TextContent.Contains(id));
        await browser.GoAsync(link.GetAttribute("href")!);

        Assert.Equal("http://localhost/verify?token=x", browser.Page.QuerySelector("pre a")!.GetAttribute("href"));
        var frame = browser.Page.QuerySelector("iframe")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"));
        await browser.GoAsync(frame.GetAttribute("src")!);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        var policy = string.Join(' ', browser.Answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("sandbox", policy);
        Assert.Equal("http://localhost/verify?token=x", browser.Page.QuerySelector("a")!.GetAttribute("href"));
        Assert.Single(Directory.GetFiles(site.Get<MailFolder>().Path, $"*{id[..8]}.eml"));
        foreach (var file in Directory.GetFiles(site.Get<MailFolder>().Path, $"*{id[..8]}.*")) File.Delete(file);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Elsewhere_there_is_no_such_page(string environment)
    {
        await using var site = await TestSite.OpenAsync(DatabaseKind.Sqlite, environment);
        using var browser = site.Browser();
        foreach (var path in new[] { "/dev/mail", "/dev/mail/20261120-150000000-abcdef12.html" })
        {
            await browser.GoAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Fact]
    public async Task No_other_file_can_be_named()
    {
        await using var site = await TestSite.OpenAsync(DatabaseKind.Sqlite, "Development");
        Assert.Null(await site.Get<MailFolder>().FindAsync("../shop", Now));
    }
}
