using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Bearer;

[Trait("contract", "M-010"), Trait("contract", "M-012")]
public sealed class RefreshTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string BadRefresh = """{"detail":"Token is invalid or expired","code":"token_not_valid"}""";
    private const string Me = "/api/auth/me/";

    [Theory, BothDatabases, Trait("contract", "M-205"), Trait("contract", "M-228")]
    public async Task Every_dialect_exchanges_a_refresh_token_for_a_new_pair(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, _, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        foreach (var (path, field) in new[]
        {
            ("/api/customers/token/refresh/", "refresh"), ("/api/auth/token/refresh", "refresh"), ("/api/v1/auth/refresh/", "refresh"), ("/api/token/refresh/", "refresh"),
            ("/api/token/refresh/", "refresh_token"),
        })
        {
            program.Access = null;
            var answer = await program.PostAsync(path, new Dictionary<string, string> { [field] = tokens.Refresh });
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(["access", "refresh"], answer.Names);
            tokens = GivenTokens.Held(answer);
            program.Access = tokens.Access;
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(Me)).Status);
        }
        await using var db = site.Open();
        Assert.Equal(1, await db.RefreshTokens.CountAsync(t => t.UsedAt == null && db.Sessions.Any(s => s.Id == t.SessionId && s.Device == null && s.EndedAt == null)
            && t.Hash == Crm.Web.Features.Accounts.Tokens.SecretToken.HashOf(IdOf(tokens.Refresh))));
    }

    [Theory, BothDatabases]
    public async Task A_refresh_token_that_comes_again_ends_the_whole_session(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, first) = await site.SignedInAsync(Roles.Agent);
        using var _ = program;
        var second = GivenTokens.Held(await RefreshAsync(program, first.Refresh));
        var third = GivenTokens.Held(await RefreshAsync(program, second.Refresh));

        Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(await RefreshAsync(program, first.Refresh)));

        Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(await RefreshAsync(program, third.Refresh)));
        foreach (var access in new[] { first.Access, second.Access, third.Access })
        {
            program.Access = access;
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Me)).Status);
        }
        using var elsewhere = site.Program();
        Assert.NotEmpty((await elsewhere.SignInAsync(account.UserName)).Access);
    }

    [Theory, BothDatabases]
    public async Task Of_twenty_exchanges_at_the_same_moment_one_wins_and_the_session_ends(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        for (var round = 0; round < 5; round++)
        {
            var (program, account, tokens) = await site.SignedInAsync(Roles.Agent);
            using var _ = program;
            using var gate = new SemaphoreSlim(0);
            var answers = Enumerable.Range(0, 20).Select(async _ =>
            {
                await gate.WaitAsync();
                return await RefreshAsync(program, tokens.Refresh);
            }).ToList();
            gate.Release(20);
            var told = await Task.WhenAll(answers);

            var won = Assert.Single(told, a => a.Status is HttpStatusCode.OK);
            Assert.All(told.Where(a => a != won), a => Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(a)));
            Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(program, won["refresh"]!)).Status);
            program.Access = won["access"];
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Me)).Status);
            await using var db = site.Open();
            Assert.NotNull((await db.Sessions.SingleAsync(s => s.UserId == account.Id)).EndedAt);
        }
    }

    [Theory, BothDatabases]
    public async Task A_refresh_token_lives_for_a_day_and_each_new_one_as_long_again(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var (program, _, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        site.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var next = GivenTokens.Held(await RefreshAsync(program, tokens.Refresh));
        site.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        next = GivenTokens.Held(await RefreshAsync(program, next.Refresh));
        site.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(await RefreshAsync(program, next.Refresh)));
    }

    [Theory, BothDatabases]
    public async Task What_is_no_refresh_token_is_refused_without_harm(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, _, tokens) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        program.Access = null;
        foreach (var token in new[] { tokens.Access, tokens.Refresh + "x", "abc", "eyJhbGciOiJub25lIn0.e30." })
            Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(await RefreshAsync(program, token)));
        Assert.Equal("""{"refresh":["This field is required."]}""", (await program.PostAsync("/api/token/refresh/", new { })).Text);
        Assert.Equal("""{"refresh":["This field may not be null."]}""", (await program.PostAsync("/api/token/refresh/", new { refresh = (string?)null })).Text);
        Assert.Equal("""{"refresh":["This field may not be blank."]}""", (await program.PostAsync("/api/token/refresh/", new { refresh = " " })).Text);
        Assert.Equal("""{"refresh":["Ensure this field has no more than 4096 characters."]}""", (await program.PostAsync("/api/token/refresh/", new { refresh = new string('a', 5000) })).Text);

        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(program, tokens.Refresh)).Status);
    }

    [Theory, BothDatabases, Trait("contract", "M-016"), Trait("contract", "M-233")]
    public async Task Logging_out_ends_access_and_refresh_at_once(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var withRefresh in new[] { true, false })
        {
            var (program, _, tokens) = await site.SignedInAsync(Roles.Customer);
            using var _1 = program;
            var answer = await program.PostAsync("/api/v1/auth/logout/", withRefresh ? new { refresh = tokens.Refresh } : new { });
            Assert.Equal((HttpStatusCode.OK, """{"message":"Logout successful"}"""), Of(answer));
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Me)).Status);
            Assert.Equal((HttpStatusCode.Unauthorized, BadRefresh), Of(await RefreshAsync(program, tokens.Refresh)));
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-016")]
    public async Task Nobody_logs_somebody_else_out_but_themselves_whatever_they_send(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (theirs, _, tokens) = await site.SignedInAsync(Roles.Customer);
        var (mine, _, _) = await site.SignedInAsync(Roles.Customer);
        using var _1 = theirs;
        using var _2 = mine;

        var answer = await mine.PostAsync("/api/v1/auth/logout/", new { refresh = tokens.Refresh });

        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"Token is invalid or expired"}"""), Of(answer));
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(Me)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await mine.GetAsync(Me)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Program().PostAsync("/api/v1/auth/logout/", new { refresh = tokens.Refresh })).Status);
    }

    private static Task<ApiAnswer> RefreshAsync(TestProgram program, string refresh) => program.PostAsync("/api/token/refresh/", new { refresh });

    private static (HttpStatusCode, string) Of(ApiAnswer answer) => (answer.Status, answer.Text);

    private static string IdOf(string token) =>
        System.Text.Json.Nodes.JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!["jti"]!.ToString();
}
