using AngleSharp.Html.Parser;
using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Web;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Outbox;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>Every mail in words: its subject, its links, its names, and nothing that a stranger wrote into it.</summary>
public class MailChannelTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public void Every_kind_of_mail_has_a_sample_here_and_a_name() =>
        Assert.Equal(
            typeof(Mail).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Mail))).Select(t => t.Name).Order(),
            MailSamples.All.Select(m => m.GetType().Name).Order());

    [Theory]
    [MemberData(nameof(MailSamples.Kinds), MemberType = typeof(MailSamples))]
    public async Task Every_mail_greets_names_the_shop_and_leads_home(string kind)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var mail = Channel(shop).Write("k", new("olayinka@example.com", "Ọláyínká", "en", MailSamples.Of(kind)));

        Assert.DoesNotContain("{{", mail.Subject + mail.Text + mail.Html);
        Assert.InRange(mail.Subject.Length, 10, 90);
        Assert.StartsWith("Hello Ọláyínká,\r\n", mail.Text);
        Assert.Contains("Baobab Market", mail.Text);
        Assert.Contains("Hello Ọláyínká,", mail.Html);
        Assert.DoesNotContain("<script", mail.Html);
        Assert.DoesNotContain("&amp;", mail.Text);
        var links = new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.All(links, link => Assert.StartsWith("https://shop.example", link));
        Assert.All(links.Where(l => l != "https://shop.example"), link => Assert.Contains(link, mail.Text));
        Assert.True(links.Count > 1);
    }

    [Fact]
    public async Task Values_are_words_never_markup()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var mail = Channel(shop).Write("k", new("a@example.com", "", "en",
            new NewSignInMail("Nkẹ́chi & O'Brien", TestClock.Start, "<img src=x onerror=fetch('/pwn')>", "\"><script>", "/account/sessions")));

        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Empty(page.QuerySelectorAll("img, script"));
        Assert.Contains("<img src=x onerror=fetch('/pwn')>", page.Body!.TextContent);
        Assert.Contains("Hello Nkẹ́chi & O'Brien,", page.Body.TextContent);
        Assert.Contains("Hello Nkẹ́chi & O'Brien,", mail.Text);
        Assert.Contains("Friday 20 November 2026, 10:00", mail.Text);
    }

    [Theory]
    [InlineData("Win a prize at https://evil.example")]
    [InlineData("evil.example")]
    [InlineData("mail me@evil.example")]
    [InlineData("")]
    public async Task A_name_that_is_no_name_is_left_out(string name)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var mail = Channel(shop).Write("k", new("a@example.com", "", "en", new VerifyEmailMail(name, "/verify-email?token=x", 24)));

        Assert.StartsWith("Hello,", mail.Text);
        Assert.DoesNotContain("evil", mail.Text + mail.Html);
    }

    [Theory]
    [InlineData("https://evil.example/reset")]
    [InlineData("//evil.example/reset")]
    [InlineData("/\\evil.example")]
    public async Task A_link_that_leads_away_is_never_sent(string link)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Assert.Throws<DeliveryRefusedException>(() => Channel(shop).Write("k", new("a@example.com", "", "en", new PasswordResetMail("A", link, 60))));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com, b@example.com")]
    public async Task What_is_no_address_is_refused_for_good(string address)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Assert.Throws<DeliveryRefusedException>(() => Channel(shop).Write("k", new(address, "", "en", new WelcomeMail("A", "/"))));
    }

    [Theory]
    [InlineData("fr-CA")]
    [InlineData("sw")]
    [InlineData("../../etc")]
    [InlineData("")]
    public async Task A_language_without_words_reads_english(string language)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var mail = Channel(shop).Write("k", new("a@example.com", "", language, new WelcomeMail("A", "/")));
        Assert.StartsWith("Hello A,", mail.Text);
    }

    [Fact]
    public void The_same_key_makes_the_same_message_id_and_tells_nothing()
    {
        Assert.Equal(OutgoingMail.IdOf("reset:1"), OutgoingMail.IdOf("reset:1"));
        Assert.NotEqual(OutgoingMail.IdOf("reset:1"), OutgoingMail.IdOf("reset:2"));
        Assert.Matches("^[0-9a-f]{40}$", OutgoingMail.IdOf("reset:1"));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-125")]
    public async Task What_was_posted_with_the_business_reaches_the_mail_server(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var server = new SmtpServer { OffersStartTls = false, Says = { ["."] = "451 later" } };
        await using (var db = shop.Open())
        {
            shop.Get<Mailer>().Post(db, "verify-email:1", "olayinka@example.com", "Ọláyínká", new VerifyEmailMail("Ọláyínká", "/verify-email?token=s%2Bcret", 24));
            await db.SaveChangesAsync();
        }
        var channel = Channel(shop, o => (o.Host, o.Port, o.StartTls) = ("localhost", server.Port, false));

        await shop.Node(channel).DispatchDueAsync(Now);
        var delayed = await shop.MessageAsync("verify-email:1");
        Assert.Equal((OutboxState.Waiting, 1), (delayed.State, delayed.Attempts));
        server.Says.Clear();
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.Node(channel).DispatchDueAsync(Now);

        var sent = await shop.MessageAsync("verify-email:1");
        Assert.Equal((OutboxState.Sent, ""), (sent.State, sent.Body));
        var mails = server.Mails.Select(MimeMail.Read).ToList();
        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].Header("Message-ID"), mails[1].Header("Message-ID"));
        Assert.Contains("https://shop.example/verify-email?token=s%2Bcret\r\n", mails[1].Parts[0].Content);
        Assert.Equal("Confirm your e-mail address at Baobab Market", mails[1].Header("Subject"));
    }

    [Theory, BothDatabases]
    public async Task A_refused_recipient_is_dead_at_once_with_the_servers_words(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var server = new SmtpServer { OffersStartTls = false, Says = { ["RCPT"] = "550 5.1.1 no such user" } };
        await using (var db = shop.Open())
        {
            shop.Get<Mailer>().Post(db, "welcome:1", "gone@example.com", "", new WelcomeMail("", "/me"));
            await db.SaveChangesAsync();
        }

        await shop.Node(Channel(shop, o => (o.Host, o.Port, o.StartTls) = ("localhost", server.Port, false))).DispatchDueAsync(Now);

        var dead = await shop.MessageAsync("welcome:1");
        Assert.Equal((OutboxState.Dead, 1), (dead.State, dead.Attempts));
        Assert.Contains("no such user", dead.LastError);
    }

    [Theory]
    [InlineData("Production", null, null, "Mail:Host names no server")]
    [InlineData("Production", "mail.example", null, "Web:PublicAddress does not say where links lead")]
    [InlineData("Production", "mail.example", "https://shop.example", null)]
    [InlineData("Staging", "mail.example", null, null)]
    public async Task It_says_what_is_missing(string environment, string? host, string? address, string? reason)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        Assert.Equal(reason, Channel(shop, o => o.Host = host, environment, address).WhyNotReady);
    }

    private static MailChannel Channel(TestShop shop, Action<MailOptions>? change = null, string environment = "Production", string? publicAddress = "https://shop.example/")
    {
        var mail = new MailOptions { From = "shop@shop.example" };
        change?.Invoke(mail);
        var options = Options.Create(mail);
        var address = new PublicAddress(Options.Create(new PublicAddressOptions { PublicAddress = publicAddress }), new ServiceCollection().BuildServiceProvider(), new HostingEnvironment { EnvironmentName = environment });
        return new MailChannel(new SmtpTransport(options), new MailTemplates(), new MailValues(shop.Get<Shop>(), address), address, shop.Get<Shop>(), options);
    }
}
