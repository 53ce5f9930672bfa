using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Deletion;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Passwords;

[Trait("contract", "M-028"), Trait("contract", "M-031")]
public sealed class OwnPasswordTests
{
    private const string Wait = "This was tried too often. Try again in 60 minutes.";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task An_account_is_asked_twenty_times_an_hour_wherever_from_and_whatever_for(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (account, other) = (await PersonAsync(shop), await PersonAsync(shop));
        for (var i = 0; i < 20; i++) Assert.Null((await shop.As(account).Get<OwnPassword>().ProveAsync(Given.Password, "Password", None)).Error);

        var refusals = new List<Error?>();
        var desk = shop.As(account);
        desk.Get<CurrentActor>().MoveTo("203.0.113.99");
        refusals.Add((await desk.Get<PasswordChange>().ChangeAsync(new() { Current = Given.Password, New = "Cassava & 2 limes", Repeated = "Cassava & 2 limes" }, None)).Error);
        refusals.Add((await desk.Get<DeletionRequests>().AskAsync(new() { Password = Given.Password }, None)).Error);
        refusals.Add((await desk.Get<SecondFactorService>().TurnOnAsync(new() { Password = Given.Password, Code = "000000" }, None)).Error);
        refusals.Add((await desk.Get<SecondFactorService>().TurnOffAsync(new() { Password = Given.Password, Code = "000000" }, None)).Error);
        refusals.Add((await desk.Get<SecondFactorService>().NewCodesAsync(new() { Password = Given.Password, Code = "000000" }, None)).Error);
        refusals.Add((await desk.Get<EmailChange>().AskAsync(new() { Password = Given.Password, NewEmail = "else@mail.example" }, None)).Error);

        Assert.All(refusals, refusal => Assert.Equal(3600, Assert.IsType<TooManyRequests>(refusal).RetryAfterSeconds));
        Assert.Null((await shop.As(other).Get<OwnPassword>().ProveAsync(Given.Password, "Password", None)).Error);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("This is not your password.", (await shop.As(account).Get<OwnPassword>().ProveAsync("wrong-7", "Password", None)).Error?.Message);
        Assert.Null((await shop.As(account).Get<OwnPassword>().ProveAsync(Given.Password, "Password", None)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_page_says_how_long_to_wait(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, settings: [("RateLimits:OwnPasswords", "1")], limited: true);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/password");
        await browser.SubmitAsync("Change password", ("Password you use now", "not-mine-7"), ("New password", "Cassava & 2 limes"), ("New password again", "Cassava & 2 limes"));
        Assert.Equal((HttpStatusCode.OK, "This is not your password."), (browser.Status, browser.Complaint("Password you use now")));

        await browser.SubmitAsync("Change password", ("Password you use now", Given.Password), ("New password", "Cassava & 2 limes"), ("New password again", "Cassava & 2 limes"));
        AssertWaits(browser);
        Assert.Equal("", browser.Control("Password you use now").Value);
        await browser.GoAsync("/account/delete");
        await browser.SubmitAsync("Ask to delete my account", ("Your password", Given.Password));
        AssertWaits(browser);
        await browser.GoAsync("/account/two-step");
        await browser.SubmitAsync("Switch on", ("Code", "000000"), ("Your password", Given.Password));
        AssertWaits(browser);
        await browser.GoAsync("/account/passkeys");
        var token = browser.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync("/account/passkeys/question", [new("__RequestVerificationToken", token), new("password", Given.Password)]);
        Assert.Equal((HttpStatusCode.TooManyRequests, "3600", Wait), (browser.Status, $"{browser.Answer.Headers.RetryAfter}", await browser.Answer.Content.ReadAsStringAsync()));
    }

    private static void AssertWaits(TestBrowser browser) =>
        Assert.Equal((HttpStatusCode.TooManyRequests, "3600", Wait), (browser.Status, $"{browser.Answer.Headers.RetryAfter}", browser.Alert));

    private static async Task<TestPerson> PersonAsync(TestShop shop)
    {
        var account = await Given.AccountAsync(shop.Open, Roles.Customer);
        return new TestPerson(account.Id, account.UserName, Roles.Customer, "Nkẹ́chi", "Okafor");
    }
}
