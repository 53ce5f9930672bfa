using System.Buffers.Text;
using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Access;

/// <summary>Customer A has learned every id of customer B, and gets nowhere with them.</summary>
[Trait("contract", "M-042")]
[Trait("contract", "M-044")]
public sealed class OtherPeoplesIdsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TestPerson A = TestPeople.CustomerA;
    private static readonly TestPerson B = TestPeople.CustomerB;

    [Theory, BothDatabases]
    public async Task Pages_and_forms_know_nothing_of_them(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var order = await Trade.SellAsync(site.Open, B, 1_000, site.Clock.Now);
        var passkey = SomePasskey.Of(B.UserId, "ZZ-B-SECRET phone");
        await using (var db = site.Open())
        {
            db.UserPasskeys.Add(passkey);
            (await db.Users.SingleAsync(u => u.Id == A.UserId, Ct)).SetPassword(await site.Get<Web.Features.Accounts.Passwords.PasswordHasher>().HashAsync(Given.Password, Ct));
            await db.SaveChangesAsync(Ct);
        }
        await site.TokensAsync(B.UserId);
        using var browser = site.Browser();
        await browser.SignInAsync(A.UserName);
        await using var read = site.Open();
        var session = await read.Sessions.Where(s => s.UserId == B.UserId).Select(s => s.Id).SingleAsync(Ct);
        var before = await TableContents.ReadAsync(read);

        var key = Base64Url.EncodeToString(passkey.CredentialId);
        foreach (var path in new[] { $"/me/orders/{order.Id}", $"/customers/{B.CustomerId}", $"/customers/{B.CustomerId}/statement.pdf", $"/account/passkeys/{key}" })
        {
            await browser.GoAsync(path);
            Assert.True(browser.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.OK || browser.Location!.StartsWith("/account/refused", StringComparison.Ordinal), $"{path}: {browser.Status} {browser.Location}");
            Assert.DoesNotContain("ZZ-B-SECRET", await browser.Answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            Assert.DoesNotContain(order.Number, await browser.Answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        await browser.GoAsync("/account/passkeys");
        var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync("/account/sessions/end", [new("__RequestVerificationToken", token), new("id", session.ToString())]);
        Assert.Equal("/account/sessions?done=gone", browser.Location);

        Assert.Equal(before, await TableContents.ReadAsync(read));
    }

    [Theory, BothDatabases]
    public async Task The_API_refuses_them_and_tells_nothing(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var program = await site.CallerAsync(A);
        var tokens = await site.TokensAsync(B.UserId);
        await using var db = site.Open();
        var before = await TableContents.ReadAsync(db, "RateCounters", "Sessions");

        foreach (var (method, path, status) in new (HttpMethod, string, HttpStatusCode)[]
        {
            (HttpMethod.Get, $"/api/users/{B.UserId}/", HttpStatusCode.Forbidden), (HttpMethod.Patch, $"/api/users/{B.UserId}/", HttpStatusCode.Forbidden),
            (HttpMethod.Put, $"/api/users/{B.UserId}/", HttpStatusCode.Forbidden), (HttpMethod.Delete, $"/api/users/{B.UserId}/", HttpStatusCode.Forbidden),
            (HttpMethod.Get, $"/api/users/{A.UserId}/", HttpStatusCode.Forbidden), (HttpMethod.Get, $"/api/customers/{B.CustomerId}/", HttpStatusCode.NotFound),
            (HttpMethod.Post, "/api/v1/auth/logout/", HttpStatusCode.BadRequest),
        })
        {
            var answer = await program.SendAsync(method, path, method == HttpMethod.Get ? null : new { refresh = tokens.Refresh, role = "admin", username = "taken-over", is_active = false });
            Assert.True(answer.Status == status, $"{method} {path}: {answer}");
            Assert.DoesNotContain("ZZ-B-SECRET", answer.Text, StringComparison.Ordinal);
        }

        // Signing out with another's token signs out whoever asks, and nobody else.
        Assert.Equal(before, await TableContents.ReadAsync(db, "RateCounters", "Sessions"));
        Assert.Null((await db.Sessions.AsNoTracking().SingleAsync(s => s.UserId == B.UserId)).EndedAt);
    }

    [Theory, BothDatabases]
    public async Task In_a_body_they_turn_a_change_of_ones_own_to_nobody_else(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var program = await site.CallerAsync(A);
        var before = await RowsOfAsync(site, B);

        foreach (var (path, id) in new[] { ("/api/customers/profile/", B.CustomerId!.Value), ("/api/auth/me/", B.UserId), ("/api/v1/auth/me/", B.UserId) })
        {
            var sent = new { id, user = B.UserId, user_id = B.UserId, customer = B.CustomerId, customer_id = B.CustomerId, email = "taken@mail.example", role = "admin", is_staff = true, is_verified = false, loyalty_points = 1_000, first_name = "Adhiambo" };
            foreach (var address in new[] { path, $"{path}?id={id}&user={B.UserId}" })
            {
                var answer = await program.SendAsync(HttpMethod.Patch, address, sent);
                Assert.True(answer.Status == HttpStatusCode.OK, $"{address}: {answer}");
                Assert.Equal("Adhiambo", answer["first_name"]);
                Assert.Equal($"{A.UserName}@example.com", answer["email"]);
                Assert.DoesNotContain("ZZ-B-SECRET", answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, await RowsOfAsync(site, B));
        await using var db = site.Open();
        Assert.Equal([A.Role], await db.UserRoles.Where(h => h.UserId == A.UserId).Join(db.Roles, h => h.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(Ct));
        Assert.Equal(0, await db.Customers.Where(c => c.Id == A.CustomerId).Select(c => c.PointsBalance).SingleAsync(Ct));
    }

    private static async Task<string> RowsOfAsync(TestSite site, TestPerson person)
    {
        await using var db = site.Open();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.UserId, Ct);
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == person.CustomerId, Ct);
        return string.Join('|', user.FirstName, user.LastName, user.Email, user.PhoneNumber, user.IsActive, user.ConcurrencyStamp, customer.FirstName, customer.LastName, customer.Email, customer.Version, customer.PointsBalance);
    }
}
