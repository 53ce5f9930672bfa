using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts;

public sealed class PasswordPageTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Now = "Password you use now";
    private const string New = "New password";
    private const string Again = "New password again";

    [Theory, BothDatabases, Trait("contract", "M-017")]
    public async Task A_new_password_replaces_the_old_and_ends_every_other_session(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var here = site.Browser();
        await here.SignInAsync(account.UserName);
        using var elsewhere = site.Browser();
        await elsewhere.SignInAsync(account.UserName);

        await here.GoAsync("/account/password");
        await here.SubmitAsync("Change password", (Now, Given.Password), (New, "Cassava & 2 limes"), (Again, "Cassava & 2 limes"));
        Assert.Equal("/account/password?done=1", here.Location);
        await here.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, here.Status);
        Assert.Contains("Your password is changed.", here.Text, StringComparison.Ordinal);
        await elsewhere.GoAsync("/account/password");
        Assert.StartsWith("/account/sign-in", elsewhere.Location, StringComparison.Ordinal);

        await elsewhere.SignInAsync(account.UserName);
        Assert.StartsWith("That sign-in", elsewhere.Alert, StringComparison.Ordinal);
        await elsewhere.SignInAsync(account.UserName, "Cassava & 2 limes");
        Assert.Equal("/", elsewhere.Location);
    }

    [Theory, BothDatabases, Trait("contract", "M-005")]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_is_sent_back(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/account/password");

        await browser.SubmitAsync("Change password", (Now, "not-mine-7"), (New, "Cassava & 2 limes"), (Again, "Cassava & 2 limes"));
        Assert.Equal("This is not your password.", browser.Complaint(Now));

        await browser.SubmitAsync("Change password", (Now, Given.Password), (New, "yam"), (Again, "yam"));
        Assert.Equal(
            "This password is too short. It must contain at least 8 characters. The password must contain at least 1 digit. The password must contain at least 1 special character.",
            browser.Complaint(New));

        await browser.SubmitAsync("Change password", (Now, Given.Password), (New, Given.Password), (Again, Given.Password));
        Assert.Equal("This is the password you have now. Choose another.", browser.Complaint(New));

        await browser.SubmitAsync("Change password", (Now, Given.Password), (New, "Cassava & 2 limes"), (Again, "Cassava & 3 limes"));
        Assert.Equal("This is not the same as the new password above.", browser.Complaint(Again));
        Assert.All([Now, New, Again], label => Assert.Equal("", browser.Control(label).Value));

        await browser.SubmitAsync("Change password");
        Assert.Equal("Enter the password you use now.", browser.Complaint(Now));
        Assert.Equal("Enter a new password.", browser.Complaint(New));
    }

    [Theory, BothDatabases]
    public async Task A_stranger_is_asked_to_sign_in(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync("/account/password");
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fpassword", browser.Location);
    }
}
