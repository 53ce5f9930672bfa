using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class DeviceNewsTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task A_program_that_the_account_does_not_know_is_told_of_by_mail_once(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var program = site.Program();
        await SignInAsync(program, account, "okhttp/4.12");
        await SignInAsync(program, account, "okhttp/4.12");
        Assert.Empty(await MailsAsync(site, account.Email));

        await SignInAsync(program, account, "curl/8.5");
        await SignInAsync(program, account, "curl/8.5");

        Assert.Equal("curl", Assert.Single(await MailsAsync(site, account.Email)).Device);
        await using var db = site.Open();
        Assert.Equal(2, await db.KnownDevices.CountAsync(d => d.UserId == account.Id));
    }

    [Theory, BothDatabases]
    public async Task Neither_registering_nor_a_new_password_is_a_sign_in_to_tell_of(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var email = kind is DatabaseKind.Sqlite ? "device1@mail.example" : "device2@mail.example";
        var joined = await program.PostAsync("/api/customers/register/", new { email, password = Given.Password, password_confirm = Given.Password, first_name = "Ama", last_name = "Owusu" });
        Assert.Equal(HttpStatusCode.Created, joined.Status);
        program.Access = joined["tokens", "access"];
        var changed = await program.PostAsync("/api/customers/change-password/", new { old_password = Given.Password, new_password = "Jollof-and-dodo-9", new_password_confirm = "Jollof-and-dodo-9" });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        program.Access = null;
        await program.SignInAsync(email, "Jollof-and-dodo-9");

        Assert.Empty(await MailsAsync(site, email));
    }

    [Theory, BothDatabases]
    public async Task Many_sign_ins_of_a_new_program_at_the_same_moment_are_one_device_and_one_mail(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var program = site.Program();
        await SignInAsync(program, account, "okhttp/4.12");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync(program, account, "curl/8.5")));

        Assert.Single(await MailsAsync(site, account.Email));
        await using var db = site.Open();
        Assert.Equal(2, await db.KnownDevices.CountAsync(d => d.UserId == account.Id));
    }

    [Theory, BothDatabases]
    public async Task A_form_that_was_sent_twice_from_a_browser_with_its_cookie_signs_in_twice(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.GoAsync("/account/sign-in");
        var fields = browser.Page.QuerySelectorAll("form").Single(f => f.QuerySelector("[type=password]") is not null && f.QuerySelector("[data-passkey]") is null)
            .QuerySelectorAll("input[name]").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        fields[browser.Control(SignInPageTests.Who).GetAttribute("name")!] = account.UserName;
        fields[browser.Control("Password").GetAttribute("name")!] = Given.Password;
        var cookies = string.Join("; ", browser.SetCookies.Select(c => c.Split(';')[0]).Append($"__Host-device={new string('A', 43)}"));
        using var program = site.Program();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in") { Content = new FormUrlEncodedContent(fields) };
            request.Headers.Add("Cookie", cookies);
            return program.SendAsync(request);
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Found, answer.Status));
        await using var db = site.Open();
        Assert.Equal((1, 5), (await db.KnownDevices.CountAsync(d => d.UserId == account.Id), await db.Sessions.CountAsync(s => s.UserId == account.Id)));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.99", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.8", true)]
    [InlineData("203.0.113.7", "203.0.114.7", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:ffff::9", true)]
    [InlineData("2001:db8:1::1", "2001:db8:2::1", false)]
    public void A_program_is_known_by_its_name_and_network(string one, string other, bool same)
    {
        Assert.Equal(same, ProgramMark.Of("curl/8.5", IPAddress.Parse(one)).AsSpan().SequenceEqual(ProgramMark.Of("curl/8.5", IPAddress.Parse(other))));
        Assert.False(ProgramMark.Of("curl/8.5", IPAddress.Parse(one)).AsSpan().SequenceEqual(ProgramMark.Of("curl/8.6", IPAddress.Parse(one))));
    }

    private static async Task SignInAsync(TestProgram program, TestAccount account, string userAgent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/token/") { Content = JsonContent.Create(new { username = account.UserName, password = Given.Password }) };
        request.Headers.Add("User-Agent", userAgent);
        Assert.Equal(HttpStatusCode.OK, (await program.SendAsync(request)).Status);
    }

    private static async Task<IReadOnlyList<NewSignInMail>> MailsAsync(TestSite site, string email)
    {
        await using var db = site.Open();
        return [.. (await TestMail.WaitingAsync(db)).Where(m => m.ToEmail == email).Select(m => m.Mail).OfType<NewSignInMail>()];
    }
}
