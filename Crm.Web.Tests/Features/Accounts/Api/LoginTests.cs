using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.Api;

public sealed class LoginTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases, Trait("contract", "M-014"), Trait("contract", "M-203")]
    public async Task Customers_log_in_by_e_mail_and_get_tokens_and_profile(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        var record = await site.RecordAsync(account);
        using var program = site.Program();

        var answer = await program.PostAsync("/api/customers/login/", new { email = account.Email.ToUpperInvariant(), password = Given.Password });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["message", "customer", "tokens"], answer.Names);
        Assert.Equal(("Login successful!", record.ToString(), "Nkẹ́chi Okafor", "0", "0"),
            (answer["message"], answer["customer", "id"], answer["customer", "full_name"], answer["customer", "total_purchases"], answer["customer", "loyalty_points"]));
        Assert.Contains("Nkẹ́chi", answer.Text, StringComparison.Ordinal);
        program.Access = answer["tokens", "access"];
        Assert.Equal(account.Email, (await program.GetAsync("/api/customers/profile/"))["email"]);
        Assert.Equal(["refresh", "access"], answer.Json.GetProperty("tokens").EnumerateObject().Select(p => p.Name));
        Assert.False(answer.Message.Headers.Contains("Set-Cookie"));
    }

    [Theory, BothDatabases, Trait("contract", "M-226")]
    public async Task Staff_log_in_by_user_name_and_get_themselves_back(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Manager);
        using var program = site.Program();

        var answer = await program.PostAsync("/api/auth/login/", new { username = account.UserName, password = Given.Password });

        Assert.Equal(["refresh", "access", "user"], answer.Names);
        Assert.Equal(["id", "username", "email", "first_name", "last_name", "role", "phone"], answer.Json.GetProperty("user").EnumerateObject().Select(p => p.Name));
        Assert.Equal((account.UserName, "manager"), (answer["user", "username"], answer["user", "role"]));
    }

    [Theory, BothDatabases, Trait("contract", "M-233")]
    public async Task Shoppers_log_in_by_e_mail(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Customer);
        using var program = site.Program();

        var answer = await program.PostAsync("/api/v1/auth/login/", new { email = account.Email, password = Given.Password });

        Assert.Equal(["message", "tokens", "user"], answer.Names);
        Assert.Equal("Login successful", answer["message"]);
        Assert.Equal(["id", "email", "first_name", "last_name", "is_verified"], answer.Json.GetProperty("user").EnumerateObject().Select(p => p.Name));
    }

    [Theory, BothDatabases, Trait("contract", "M-015"), Trait("contract", "M-227")]
    public async Task A_name_and_a_password_are_exchanged_for_two_tokens_in_JSON_or_as_a_form(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Agent);
        using var program = site.Program();

        Assert.Equal(["access", "refresh"], (await program.PostAsync("/api/token/", new { username = account.UserName, password = Given.Password })).Names);
        Assert.Equal(["access", "refresh"], (await program.PostAsync("/api/token", new { username = account.UserName, password = Given.Password, more = 1 })).Names);
        var form = await program.SendAsync(HttpMethod.Post, "/api/token/", $"username={account.UserName}&password={Given.Password}", "application/x-www-form-urlencoded");
        Assert.Equal(["access", "refresh"], form.Names);
    }

    [Theory, BothDatabases]
    public async Task Each_dialect_refuses_in_its_own_words_and_says_no_more_of_a_known_name_than_of_an_unknown(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var known = await Given.AccountAsync(site.Open, Roles.Customer);
        var off = await Given.AccountAsync(site.Open, Roles.Customer, active: false);
        using var program = site.Program();
        foreach (var (path, field, status, words, disabled) in new[]
        {
            ("/api/customers/login/", "email", HttpStatusCode.Unauthorized, """{"error":"Invalid email or password."}""", null),
            ("/api/auth/login/", "username", HttpStatusCode.Unauthorized, """{"detail":"No active account found with the given credentials"}""", null),
            ("/api/token/", "username", HttpStatusCode.Unauthorized, """{"detail":"No active account found with the given credentials"}""", null),
            ("/api/v1/auth/login/", "email", HttpStatusCode.BadRequest, """{"non_field_errors":["Invalid email or password."]}""", """{"non_field_errors":["User account is disabled."]}"""),
        })
        {
            foreach (var email in new[] { known.Email, "nobody@mail.example" })
            {
                var answer = await program.PostAsync(path, new Dictionary<string, string> { [field] = email, ["password"] = "not this one 1" });
                Assert.Equal((status, words), (answer.Status, answer.Text));
            }
            var refused = await program.PostAsync(path, new Dictionary<string, string> { [field] = off.Email, ["password"] = Given.Password });
            Assert.Equal((status, disabled ?? words), (refused.Status, refused.Text));
            var empty = await program.PostAsync(path, new { });
            Assert.Equal((HttpStatusCode.BadRequest, $$"""{"{{field}}":["This field is required."],"password":["This field is required."]}"""), (empty.Status, empty.Text));
            var nothing = await program.PostAsync(path, new Dictionary<string, string?> { [field] = null, ["password"] = "" });
            Assert.Equal($$"""{"{{field}}":["This field may not be null."],"password":["This field may not be blank."]}""", nothing.Text);
        }
        Assert.Equal("""{"email":["Enter a valid email address."]}""", (await program.PostAsync("/api/customers/login/", new { email = "nobody", password = "x" })).Text);
    }
}
