using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Api;

[Trait("contract", "M-229"), Trait("contract", "M-049"), Trait("contract", "M-040"), Trait("contract", "M-045")]
public sealed class UserApiTests(TestSites sites) : IClassFixture<TestSites>
{
    private static int made;

    [Theory, BothDatabases, Trait("contract", "M-039")]
    public async Task The_owner_adds_reads_changes_and_removes_accounts(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, _, _) = await site.SignedInAsync(Roles.Owner);
        using var _1 = program;
        var name = $"new{Interlocked.Increment(ref made)}";

        var added = await program.PostAsync("/api/users/", new { username = name, email = $"{name}@mail.example", role = "sales", first_name = "Ama", last_name = "Boakye", is_staff = false });
        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal(["id", "username", "email", "role", "first_name", "last_name", "is_active", "is_staff", "date_joined"], added.Names);
        Assert.Equal((name, "sales", "True", "True"), (added["username"], added["role"], added["is_active"], added["is_staff"]));

        var one = $"/api/users/{added["id"]}/";
        Assert.Equal(added.Text, (await program.GetAsync(one)).Text);
        Assert.Contains(added["id"]!, (await program.GetAsync("/api/users")).Text, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Array, (await program.GetAsync("/api/users/")).Json.ValueKind);
        foreach (var (sent, told) in new[] { ("manager", "manager"), ("customer", "customer"), ("agent", "sales"), ("admin", "admin") })
            Assert.Equal(told, (await program.SendAsync(HttpMethod.Patch, one, new { role = sent }))["role"]);
        Assert.Equal("Akosua", (await program.SendAsync(HttpMethod.Put, one, new { username = name, role = "sales", first_name = "Akosua" }))["first_name"]);

        Assert.Equal(HttpStatusCode.NoContent, (await program.SendAsync(HttpMethod.Delete, one)).Status);
        var gone = await program.GetAsync(one);
        Assert.Equal((HttpStatusCode.NotFound, """{"detail":"No User matches the given query."}"""), (gone.Status, gone.Text));
    }

    [Theory, BothDatabases]
    public async Task An_account_with_a_past_is_switched_off_rather_than_deleted_and_its_tokens_die(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (owner, self, _) = await site.SignedInAsync(Roles.Owner);
        var (agent, account, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _1 = owner;
        using var _2 = agent;

        Assert.Equal(HttpStatusCode.NoContent, (await owner.SendAsync(HttpMethod.Delete, $"/api/users/{account.Id}/")).Status);

        Assert.Equal("False", (await owner.GetAsync($"/api/users/{account.Id}/"))["is_active"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.GetAsync("/api/auth/me/")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.PostAsync("/api/token/refresh/", new { refresh = tokens.Refresh })).Status);
        foreach (var (method, body) in new (HttpMethod, object?)[] { (HttpMethod.Delete, null), (HttpMethod.Patch, new { is_active = false }), (HttpMethod.Patch, new { role = "customer" }) })
            Assert.Equal(HttpStatusCode.BadRequest, (await owner.SendAsync(method, $"/api/users/{self.Id}/", body)).Status);
        Assert.Equal("admin", (await owner.GetAsync($"/api/users/{self.Id}/"))["role"]);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_taken_is_said_field_by_field(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Owner);
        using var _1 = program;
        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"username":["This field is required."],"role":["This field is required."]}"""),
            (new { username = "x y", role = "boss" }, """{"username":["Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."],"role":["\"boss\" is not a valid choice."]}"""),
            (new { username = account.UserName.ToUpperInvariant(), role = "sales" }, """{"username":["A user with that username already exists."]}"""),
            (new { username = "somebodynew", email = account.Email, role = "sales" }, """{"email":["user with this email address already exists."]}"""),
            (new { username = "somebodynew", email = "x", role = "sales" }, """{"email":["Enter a valid email address."]}"""),
        })
        {
            var answer = await program.PostAsync("/api/users/", body);
            Assert.Equal((HttpStatusCode.BadRequest, words), (answer.Status, answer.Text));
        }
        foreach (var id in new[] { "9", "abc", Guid.CreateVersion7().ToString(), "..%2f" })
            Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/users/{id}/")).Status);
    }

    [Theory, BothDatabases]
    public async Task No_name_is_given_that_passes_for_another_persons(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Owner);
        using var _1 = program;
        var colleague = await Given.AccountAsync(site.Open, Roles.Agent);
        foreach (var (name, words) in new[]
        {
            (colleague.Typed, "Enter a valid username."), (colleague.Typed.Replace("(", "", StringComparison.Ordinal).Replace(") ", "-", StringComparison.Ordinal), "A phone number cannot be a username."),
            (colleague.Email, "An e-mail address as username has to be your own."), ("ow\u043eer", UserNames.Mixed), ("ef\u200bua", UserNames.Complaint), ("\u202eaufe", UserNames.Complaint),
        })
        {
            var added = await program.PostAsync("/api/users/", new { username = name, role = "sales" });
            var changed = await program.SendAsync(HttpMethod.Patch, $"/api/users/{account.Id}/", new { username = name });
            foreach (var answer in new[] { added, changed })
            {
                Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
                Assert.StartsWith(words, answer.Json.GetProperty("username")[0].GetString(), StringComparison.Ordinal);
            }
        }
        Assert.Equal("Nkẹ́chi Ọlá", (await program.SendAsync(HttpMethod.Patch, $"/api/users/{colleague.Id}/", new { first_name = "\u202eNkẹ́chi\u200b \u2066Ọlá" }))["first_name"]);
        await using var db = site.Open();
        Assert.Equal(account.UserName, (await db.Users.SingleAsync(u => u.Id == account.Id)).UserName);
    }

    [Theory, BothDatabases, Trait("contract", "M-043"), Trait("contract", "M-046")]
    public async Task Nobody_but_the_owner_reads_or_changes_an_account_and_a_refusal_changes_nothing(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var victim = await Given.AccountAsync(site.Open, Roles.Customer);
        foreach (var role in new[] { null, Roles.Customer, Roles.Agent, Roles.Manager })
        {
            var program = role is null ? site.Program() : (await site.SignedInAsync(role)).Program;
            using var _ = program;
            await using var before = site.Open();
            var rows = await TableContents.ReadAsync(before, "RateCounters");
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Get, "/api/users/", null), (HttpMethod.Get, $"/api/users/{victim.Id}/", null), (HttpMethod.Post, "/api/users/", new { username = "rogue", role = "admin" }),
                (HttpMethod.Put, $"/api/users/{victim.Id}/", new { username = "rogue", role = "admin" }), (HttpMethod.Patch, $"/api/users/{victim.Id}/", new { role = "admin" }),
                (HttpMethod.Delete, $"/api/users/{victim.Id}/", null),
            })
            {
                var answer = await program.SendAsync(method, path, body);
                Assert.Equal(role is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.Status);
                Assert.DoesNotContain(victim.Email, answer.Text, StringComparison.Ordinal);
            }
            await using var after = site.Open();
            Assert.Equal(rows, await TableContents.ReadAsync(after, "RateCounters"));
        }
    }
}
