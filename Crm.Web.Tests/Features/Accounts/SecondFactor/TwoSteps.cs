using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.SecondFactor;

/// <summary>What a browser does with two-step sign-in.</summary>
static class TwoSteps
{
    /// <summary>A browser that gave the password and is asked for the code.</summary>
    public static async Task<TestBrowser> FirstAsync(TestSite site, TestAccount account)
    {
        var browser = site.Browser();
        await browser.SignInAsync(account.UserName, to: "/account/sign-in?returnUrl=%2Ftoday%3Fx%3D1");
        Assert.Equal("/account/sign-in/code?returnUrl=%2Ftoday%3Fx%3D1", browser.Location);
        await browser.FollowAsync();
        return browser;
    }

    /// <summary>Sends the form that makes new codes or switches it off.</summary>
    public static Task ChangeAsync(TestBrowser browser, string what, string code, string password)
    {
        var form = browser.Page.QuerySelector("form:has(#what-off)")!;
        string Hidden(string name) => form.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;
        return browser.PostAsync("/account/two-step",
        [
            new("_handler", Hidden("_handler")), new("__RequestVerificationToken", Hidden("__RequestVerificationToken")),
            new("what", what), new("Form.Code", code), new("Form.Password", password),
        ]);
    }
}
