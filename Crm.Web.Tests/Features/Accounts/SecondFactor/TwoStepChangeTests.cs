using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.SecondFactor;

/// <summary>What switching it on or off does besides.</summary>
public sealed class TwoStepChangeTests
{
    [Theory, BothDatabases]
    public async Task Loading_the_page_of_the_codes_again_is_answered_by_the_page_and_tells_none(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/two-step");
        using var again = browser.Tab();
        again.Show(browser);
        var phone = new Phone(browser.Page.GetElementById("authenticator-key")!.TextContent);
        (string, string)[] typed = [("Code", phone.CodeAt(site.Clock.Now)), ("Your password", Given.Password)];
        await browser.SubmitAsync("Switch on", typed);
        var codes = browser.Page.QuerySelectorAll("#recovery-codes li").Select(li => li.TextContent).ToList();

        await again.SubmitAsync("Switch on", typed);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains("It is on already.", again.Text, StringComparison.Ordinal);
        Assert.Contains("10 recovery codes are left.", again.Text, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code, again.Page.Source.Text, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Switching_it_on_or_off_signs_out_everywhere_else_and_tells_by_mail(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var phone = new Phone("");
        foreach (var change in new[] { SecurityChange.TwoFactorOn, SecurityChange.TwoFactorOff })
        {
            using var elsewhere = change is SecurityChange.TwoFactorOn ? site.Browser() : await TwoSteps.FirstAsync(site, account);
            using var program = site.Program();
            HeldTokens tokens;
            if (change is SecurityChange.TwoFactorOn)
            {
                await elsewhere.SignInAsync(account.UserName);
                tokens = await program.SignInAsync(account.UserName);
            }
            else
            {
                site.Clock.Advance(TimeSpan.FromSeconds(30));
                await elsewhere.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
                site.Clock.Advance(TimeSpan.FromSeconds(30));
                tokens = GivenTokens.Held(await program.PostAsync("/api/token/", new { username = account.UserName, password = Given.Password, code = phone.CodeAt(site.Clock.Now) }));
            }
            program.Access = tokens.Access;
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/auth/me/")).Status);

            if (change is SecurityChange.TwoFactorOn) (phone, _) = await Phone.SetUpAsync(site, browser);
            else
            {
                site.Clock.Advance(TimeSpan.FromSeconds(30));
                await browser.GoAsync("/account/two-step");
                await TwoSteps.ChangeAsync(browser, "off", phone.CodeAt(site.Clock.Now), Given.Password);
            }
            await site.HearAsync();

            await elsewhere.GoAsync("/account");
            Assert.StartsWith("/account/sign-in", elsewhere.Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/auth/me/")).Status);
            program.Access = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("/api/token/refresh/", new { refresh = tokens.Refresh })).Status);
            await browser.GoAsync("/account");
            Assert.Null(browser.Location);
            await using var db = site.Open();
            Assert.Equal(change, (await TestMail.LastToAsync<SecurityChangedMail>(db, account.Email))!.Change);
            Assert.Single(await db.Sessions.Where(s => s.UserId == account.Id && s.EndedAt == null).ToListAsync());
        }
    }
}
