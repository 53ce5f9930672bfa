using System.Net;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.SecondFactor;

public sealed class TwoStepTests
{
    private const string Refused = "This code is not right, or was used before. Wait for the next one and try again.";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Once_it_is_on_the_password_alone_lets_nobody_in_and_each_code_is_good_once(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (phone, codes) = await Phone.SetUpAsync(site, browser);
        Assert.Equal(10, codes.Distinct().Count());

        using var other = await TwoSteps.FirstAsync(site, account);
        Assert.DoesNotContain(other.SetCookies, c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
        await other.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
        Assert.Equal(Refused, other.Complaint("Code"));

        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await other.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)[..3] + " " + phone.CodeAt(site.Clock.Now)[3..]));
        Assert.Equal("/today?x=1", other.Location);
        Assert.Contains(other.SetCookies, c => c.StartsWith("__Host-second-step=;", StringComparison.Ordinal));
        await other.GoAsync("/account");
        Assert.Null(other.Location);

        using var third = await TwoSteps.FirstAsync(site, account);
        await third.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
        Assert.Equal(Refused, third.Complaint("Code"));
    }

    [Theory, BothDatabases]
    public async Task A_recovery_code_lets_in_once_however_it_is_typed_and_its_owner_is_told(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (_, codes) = await Phone.SetUpAsync(site, browser);

        using var other = await TwoSteps.FirstAsync(site, account);
        await other.SubmitAsync("Go on", ("Code", codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.Equal("/today?x=1", other.Location);
        using var again = await TwoSteps.FirstAsync(site, account);
        await again.SubmitAsync("Go on", ("Code", codes[3]));
        Assert.Equal(Refused, again.Complaint("Code"));

        await using var db = site.Open();
        Assert.Equal(SecurityChange.RecoveryCodeUsed, (await TestMail.LastToAsync<SecurityChangedMail>(db, account.Email))!.Change);
        Assert.Equal(9, await db.RecoveryCodes.CountAsync(c => c.UserId == account.Id && c.UsedAt == null));
        Assert.DoesNotContain(codes[0], string.Join(' ', (await db.RecoveryCodes.ToListAsync()).Select(c => System.Text.Encoding.UTF8.GetString(c.Hash))), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Wrong_codes_rest_the_account_and_the_right_password_between_them_does_not_help(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (phone, codes) = await Phone.SetUpAsync(site, browser);
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 5; i++)
        {
            using var guess = await TwoSteps.FirstAsync(site, account);
            await guess.SubmitAsync("Go on", ("Code", i % 2 == 0 ? "000000" : "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"));
            Assert.Equal(Refused, guess.Complaint("Code"));
        }
        var check = site.Get<IServiceScopeFactory>();
        Assert.False(await PassesAsync(check, account.Id, phone.CodeAt(site.Clock.Now)));
        Assert.False(await PassesAsync(check, account.Id, codes[0]));

        site.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await PassesAsync(check, account.Id, phone.CodeAt(site.Clock.Now)));
        await using var db = site.Open();
        Assert.Equal((0, 0), await db.Users.Where(u => u.Id == account.Id).Select(u => new ValueTuple<int, int>(u.AccessFailedCount, u.Lockouts)).SingleAsync());
    }

    [Theory, BothDatabases]
    public async Task The_second_step_takes_five_minutes_at_most_and_belongs_to_its_password(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (phone, _) = await Phone.SetUpAsync(site, browser);

        using var late = await TwoSteps.FirstAsync(site, account);
        site.Clock.Advance(SecondStep.Lasts);
        await late.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
        Assert.Equal((HttpStatusCode.SeeOther, "/account/sign-in?ended=2&returnUrl=%2Ftoday%3Fx%3D1"), (late.Status, late.Location));
        await late.FollowAsync();
        Assert.Contains("That took longer than five minutes.", late.Text, StringComparison.Ordinal);

        using var stale = await TwoSteps.FirstAsync(site, account);
        await using (var db = site.Open()) await db.Users.Where(u => u.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"));
        await stale.SubmitAsync("Go on", ("Code", phone.CodeAt(site.Clock.Now)));
        Assert.StartsWith("/account/sign-in?ended=2", stale.Location, StringComparison.Ordinal);

        using var stranger = site.Browser();
        await stranger.GoAsync("/account/sign-in/code");
        Assert.StartsWith("/account/sign-in?ended=2", stranger.Location, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Every_change_wants_password_and_code_and_leaves_an_audit_row(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/two-step");
        await browser.SubmitAsync("Switch on", ("Code", "000000"), ("Your password", Given.Password));
        Assert.Equal(Refused, browser.Complaint("Code"));
        await browser.SubmitAsync("Switch on", ("Code", "000000"), ("Your password", "wrong-7"));
        Assert.Equal("This is not your password.", browser.Complaint("Your password"));

        var (phone, old) = await Phone.SetUpAsync(site, browser);
        await browser.GoAsync("/account/two-step");
        Assert.Contains("10 recovery codes are left.", browser.Text, StringComparison.Ordinal);
        await TwoSteps.ChangeAsync(browser, "codes", old[0], "wrong-7");
        Assert.Equal("This is not your password.", browser.Complaint("Your password"));
        await TwoSteps.ChangeAsync(browser, "codes", old[0], Given.Password);
        var fresh = browser.Page.QuerySelectorAll("#recovery-codes li").Select(li => li.TextContent).ToList();
        Assert.Empty(fresh.Intersect(old));

        await browser.GoAsync("/account/two-step");
        await TwoSteps.ChangeAsync(browser, "off", old[1], Given.Password);
        Assert.Equal(Refused, browser.Complaint("Code"));
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await TwoSteps.ChangeAsync(browser, "off", phone.CodeAt(site.Clock.Now), Given.Password);
        Assert.Contains("Your password alone lets you in.", browser.Text, StringComparison.Ordinal);

        await using var db = site.Open();
        var rows = (await db.AuditEntries.Where(e => e.EntityId == account.Id).OrderBy(e => e.Id).ToListAsync()).Select(e => e.After ?? "").ToList();
        Assert.Contains(rows, r => r.Contains("\"TwoFactorEnabled\":true", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("\"TwoFactorEnabled\":false", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("Made new recovery codes", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, r => r.Contains("AuthenticatorKey", StringComparison.Ordinal));
        Assert.False(await db.RecoveryCodes.AnyAsync(c => c.UserId == account.Id));
        Assert.Null((await db.Users.SingleAsync(u => u.Id == account.Id)).AuthenticatorKey);
    }

    [Theory, BothDatabases]
    public async Task A_reset_leaves_the_password_alone_and_says_so(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await Phone.SetUpAsync(site, browser);
        await using (var scope = site.Get<IServiceScopeFactory>().CreateAsyncScope())
        await using (var db = site.Open())
        await using (var write = await db.BeginWriteAsync(None))
        {
            db.UserPasskeys.Add(Passkeys.SomePasskey.Of(account.Id, "Blue phone"));
            await db.SaveChangesAsync();
            await scope.ServiceProvider.GetRequiredService<SecondFactorService>().ResetAsync(db, account.Id, None);
            await db.SaveChangesAsync();
            await write.CommitAsync(None);
        }

        using var other = site.Browser();
        await other.SignInAsync(account.UserName);
        Assert.Equal("/", other.Location);
        await using var read = site.Open();
        Assert.False(await read.UserPasskeys.AnyAsync(p => p.UserId == account.Id) || await read.RecoveryCodes.AnyAsync(c => c.UserId == account.Id));
        Assert.Equal(SecurityChange.TwoFactorReset, (await TestMail.LastToAsync<SecurityChangedMail>(read, account.Email))!.Change);
        Assert.True(await read.AuditEntries.AnyAsync(e => e.EntityId == account.Id && e.Action == AuditAction.Noted && e.After!.Contains("Reset the second factor")));
    }

    [Theory, BothDatabases]
    public async Task A_code_typed_twice_at_the_same_moment_is_taken_once(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var (phone, codes) = await Phone.SetUpAsync(site, browser);
        site.Clock.Advance(TimeSpan.FromSeconds(30));

        var check = site.Get<IServiceScopeFactory>();
        foreach (var code in new[] { phone.CodeAt(site.Clock.Now), codes[5] })
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PassesAsync(check, account.Id, code))));
            Assert.Equal(1, taken.Count(t => t));
        }
    }

    [Theory, BothDatabases]
    public async Task Of_codes_guessed_at_the_same_moment_no_more_are_looked_at_than_may_be_wrong(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        await using (var db = site.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Id == account.Id);
            user.TurnOnSecondFactor(0);
            await db.SaveChangesAsync();
        }
        var check = site.Get<IServiceScopeFactory>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => PassesAsync(check, account.Id, i % 2 == 0 ? "000000" : "AAAA-BBBB"))));

        await using var read = site.Open();
        var after = await read.Users.SingleAsync(u => u.Id == account.Id);
        Assert.Equal((0, 1, site.Clock.Now.AddMinutes(15)), (after.AccessFailedCount, after.Lockouts, after.LockoutEnd!.Value.UtcDateTime));
    }

    [Theory, BothDatabases]
    public async Task A_key_that_nobody_confirms_is_replaced_after_a_quarter_of_an_hour_and_with_the_password(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        var first = await KeyAsync(browser);
        site.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(first, await KeyAsync(browser));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, await KeyAsync(browser));

        await using var db = site.Open();
        var user = await db.Users.SingleAsync(u => u.Id == account.Id);
        Assert.NotNull(user.AuthenticatorKey);
        user.EndSessions();
        Assert.Null(user.AuthenticatorKey);
    }

    [Theory, BothDatabases]
    public async Task A_program_that_knows_the_password_is_told_that_the_code_is_missing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var account = await Given.AccountAsync(shop.Open, Roles.Agent);
        await using (var db = shop.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Id == account.Id);
            user.TurnOnSecondFactor(0);
            await db.SaveChangesAsync();
        }
        var accounts = shop.AsStranger().Get<SignInService>();
        var needed = Assert.IsType<SecondFactorNeeded>((await accounts.ProveAsync(new() { Identifier = account.Email, Password = Given.Password }, None)).Error);
        Assert.Equal(account.Id, needed.Who.UserId);
        Assert.IsType<SignInRefused>((await accounts.ProveAsync(new() { Identifier = account.Email, Password = "wrong-7" }, None)).Error);
    }

    private static async Task<string> KeyAsync(TestBrowser browser)
    {
        await browser.GoAsync("/account/two-step");
        return browser.Page.QuerySelector("#authenticator-key")!.TextContent;
    }

    private static async Task<bool> PassesAsync(IServiceScopeFactory scopes, Guid userId, string code)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SecondFactorCheck>().PassesAsync(userId, code, None);
    }
}
