using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Bearer;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Bearer;

[Trait("contract", "M-008"), Trait("contract", "M-009"), Trait("contract", "M-043")]
public sealed class BearerTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string BadToken = """{"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"Token is invalid or expired"}]}""";
    private const string NoToken = """{"detail":"Authentication credentials were not provided."}""";
    private const string Me = "/api/auth/me/";

    [Theory, BothDatabases]
    public async Task Who_says_nothing_or_nothing_of_use_is_asked_for_a_token(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var header in new[] { null, "", "Bearer", "Bearer  ", "Basic b3duZXI6cGFzc3dvcmQxMjM=", "Token abc" })
        {
            using var program = site.Program();
            var request = new HttpRequestMessage(HttpMethod.Get, Me);
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            var answer = await program.SendAsync(request);

            Assert.Equal((HttpStatusCode.Unauthorized, NoToken), (answer.Status, answer.Text));
            Assert.Equal("Bearer realm=\"api\"", answer.Message.Headers.WwwAuthenticate.ToString());
            Assert.Equal("application/json", answer.Message.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory, BothDatabases]
    public async Task A_good_token_opens_and_says_who_it_is(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _ = program;

        Assert.Equal(account.UserName, (await program.GetAsync(Me))["username"]);
        var facts = JsonNode.Parse(PayloadOf(tokens.Access))!;
        Assert.Equal((account.Id.ToString(), "agent", account.UserName, account.Email, "access"),
            ($"{facts["user_id"]}", $"{facts["role"]}", $"{facts["username"]}", $"{facts["email"]}", $"{facts["token_type"]}"));
        Assert.Equal(3600, (long)facts["exp"]! - (long)facts["iat"]!);
        Assert.Equal(24 * 3600, (long)JsonNode.Parse(PayloadOf(tokens.Refresh))!["exp"]! - (long)facts["iat"]!);
    }

    [Theory, BothDatabases]
    public async Task Hostile_tokens_are_refused(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _ = program;
        var key = await site.Get<TokenKey>().GetAsync(CancellationToken.None);
        var good = JsonNode.Parse(PayloadOf(tokens.Access))!.AsObject();
        string With(Action<JsonObject> change, byte[]? signer = null)
        {
            var facts = good.DeepClone().AsObject();
            change(facts);
            return Jws.Write(JsonSerializer.SerializeToUtf8Bytes(facts), signer ?? key);
        }
        Assert.Equal(HttpStatusCode.OK, (await As(program, With(_ => { }))).Status);

        var other = await Given.AccountAsync(site.Open, Roles.Owner);
        string[] hostile =
        [
            tokens.Refresh, tokens.Access[..^2], tokens.Access.Replace('.', ','), $"{tokens.Access}x", "abc", "a.b.c",
            string.Join('.', "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", tokens.Access.Split('.')[1], ""),
            With(_ => { }, new byte[64]),
            With(f => f["aud"] = "another"), With(f => f["iss"] = "another"), With(f => f.Remove("aud")), With(f => f.Remove("exp")), With(f => f["exp"] = "never"),
            With(f => f["exp"] = (long)f["iat"]!), With(f => f["nbf"] = (long)f["iat"]! + 61), With(f => f["token_type"] = "refresh"), With(f => f.Remove("token_type")),
            With(f => f["user_id"] = other.Id.ToString()), With(f => f["user_id"] = Guid.CreateVersion7().ToString()), With(f => f["user_id"] = "1 OR 1=1"),
            With(f => f["sid"] = Guid.CreateVersion7().ToString()), With(f => f["ver"] = "AAAAAAAAAAAAAAAA"), With(f => f["email"] = new string('a', 5000)),
        ];
        foreach (var token in hostile) Assert.Equal((HttpStatusCode.Unauthorized, BadToken), Of(await As(program, token)));

        Assert.Equal(HttpStatusCode.OK, (await As(program, tokens.Access)).Status);
        Assert.Equal("agent", (await As(program, With(f => f["role"] = "admin")))["role"]);
        Assert.Equal(account.UserName, (await As(program, tokens.Access))["username"]);
    }

    [Theory, BothDatabases, Trait("contract", "M-011")]
    public async Task An_access_token_lives_for_an_hour(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var (program, _, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        site.Clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await As(program, tokens.Access)).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Unauthorized, BadToken), Of(await As(program, tokens.Access)));
    }

    [Theory, BothDatabases]
    public async Task A_switched_off_account_another_role_and_another_stamp_end_access_and_refresh_at_once(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var change in new Func<Crm.Data.CrmDbContext, Guid, Task>[]
        {
            async (db, id) => (await db.Users.SingleAsync(u => u.Id == id)).IsActive = false,
            async (db, id) => (await db.Users.SingleAsync(u => u.Id == id)).SecurityStamp = "another",
            async (db, id) =>
            {
                db.UserRoles.Remove(await db.UserRoles.SingleAsync(r => r.UserId == id));
                (await db.Users.SingleAsync(u => u.Id == id)).LastName = "Without a role";
            },
        })
        {
            var (program, account, tokens) = await site.SignedInAsync(Roles.Manager);
            using var _ = program;
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(Me)).Status);
            await using (var db = site.Open())
            {
                await change(db, account.Id);
                await db.SaveChangesAsync();
            }
            await site.HearAsync();

            Assert.Equal((HttpStatusCode.Unauthorized, BadToken), Of(await program.GetAsync(Me)));
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("/api/token/refresh/", new { refresh = tokens.Refresh })).Status);
            await using var after = site.Open();
            Assert.Empty(await after.Sessions.Where(s => s.UserId == account.Id && s.EndedAt == null).ToListAsync());
        }
    }

    [Theory, BothDatabases]
    public async Task A_browsers_cookie_opens_nothing_of_the_API_and_a_token_no_page(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var account = await Given.AccountAsync(site.Open, Roles.Owner);
        using var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        await browser.GoAsync("/api/users/");
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);

        var (program, _, _) = await site.SignedInAsync(Roles.Owner);
        using var _1 = program;
        var page = await program.GetAsync("/today");
        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.StartsWith("/account/sign-in", page.Message.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    private static (HttpStatusCode, string) Of(ApiAnswer answer) => (answer.Status, answer.Text);

    private static Task<ApiAnswer> As(TestProgram program, string token)
    {
        program.Access = token;
        return program.GetAsync(Me);
    }

    private static string PayloadOf(string token) => System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}
