using System.IO.Compression;
using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Api;

public sealed class ApiGroundTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task Whatever_goes_wrong_is_said_in_JSON(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        foreach (var (method, path, body, type, status, words) in new (HttpMethod, string, string?, string, HttpStatusCode, string)[]
        {
            (HttpMethod.Get, "/api/nothing/", null, "", HttpStatusCode.NotFound, """{"detail":"Not found."}"""),
            (HttpMethod.Delete, "/api/token/", null, "", HttpStatusCode.MethodNotAllowed, """{"detail":"Method \"DELETE\" not allowed."}"""),
            (HttpMethod.Get, "/api/customers/login", null, "", HttpStatusCode.MethodNotAllowed, """{"detail":"Method \"GET\" not allowed."}"""),
            (HttpMethod.Post, "/api/token/", "a", "text/plain", HttpStatusCode.UnsupportedMediaType, """{"detail":"Unsupported media type \"text/plain; charset=utf-8\" in request."}"""),
            (HttpMethod.Post, "/api/token/", "{\"username\":", "application/json", HttpStatusCode.BadRequest, """{"detail":"JSON parse error - line 1 column 13"}"""),
            (HttpMethod.Post, "/api/token/", "[]", "application/json", HttpStatusCode.BadRequest, """{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}"""),
            (HttpMethod.Post, "/api/token/", null, "", HttpStatusCode.BadRequest, """{"username":["This field is required."],"password":["This field is required."]}"""),
            (HttpMethod.Post, "/api/token/", "{\"username\":\"" + new string('a', 1_100_000) + "\"}", "application/json", HttpStatusCode.RequestEntityTooLarge, """{"detail":"Request body too large."}"""),
            (HttpMethod.Post, "/api/token/", "{\"username\":\"\\ud800\",\"password\":\"x\"}", "application/json", HttpStatusCode.BadRequest, """{"username":["Not a valid string."]}"""),
        })
        {
            var answer = await program.SendAsync(method, path, body, type.Length == 0 ? "application/json" : type);
            Assert.Equal((status, words), (answer.Status, answer.Text));
            Assert.Equal("application/json", answer.Message.Content.Headers.ContentType!.MediaType);
            Assert.Equal("no-store", answer.Message.Headers.CacheControl!.ToString());
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-053"), Trait("contract", "M-054")]
    public async Task Answers_carry_the_protecting_headers_and_set_no_cookie(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        foreach (var path in new[] { "/api/", "/api/users/", "/api/nothing", "/healthz/", "/api/schema/", "/api/docs/index.html" })
        {
            var answer = await program.GetAsync(path);
            Assert.Equal("nosniff", answer.Message.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Message.Headers.GetValues("X-Frame-Options").Single());
            Assert.Contains("default-src 'self'", answer.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(answer.Message.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-206")]
    public async Task Whoever_watches_is_told_how_it_stands_with_and_without_a_slash(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        foreach (var (path, words) in new[]
        {
            ("/api/customers/health", """{"status":"healthy"}"""), ("/healthz", """{"status":"healthy","service":"ecommerce-api"}"""),
            ("/ready", """{"status":"ready","database":"connected","service":"ecommerce-api"}"""), ("/startup", """{"status":"started","service":"ecommerce-api"}"""),
        })
            foreach (var slash in new[] { "", "/" })
                Assert.Equal((HttpStatusCode.OK, words), (await program.GetAsync(path + slash)) is var answer ? (answer.Status, answer.Text) : default);
        foreach (var path in new[] { "/api/", "/api/v1" }) Assert.Equal("E-Commerce API v1", (await program.GetAsync(path))["message"]);

        var root = new HttpRequestMessage(HttpMethod.Get, "/");
        root.Headers.Accept.ParseAdd("application/json");
        Assert.Equal("""{"message":"E-Commerce API is running","docs_url":"/api/docs/","api_v1":"/api/v1/"}""", (await program.SendAsync(root)).Text);
        var page = new HttpRequestMessage(HttpMethod.Get, "/");
        page.Headers.Accept.ParseAdd("text/html,application/json;q=0.9");
        Assert.Equal(HttpStatusCode.Found, (await program.SendAsync(page)).Status);
    }

    [Theory, BothDatabases]
    public async Task The_API_is_described_for_programs_and_for_people_without_inline_script(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var schema = await program.GetAsync("/api/schema/");
        Assert.Equal(("Afro-Caribbean CRM API", "1.0.0"), (schema["info", "title"], schema["info", "version"]));
        Assert.True(schema.Json.GetProperty("paths").TryGetProperty("/api/customers/profile", out _) || schema.Json.GetProperty("paths").TryGetProperty("/api/customers/profile/", out _), schema.Text);

        var page = await program.GetAsync("/api/docs/index.html");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotMatch("<script(?![^>]*src=)", page.Text);
        Assert.DoesNotContain("<style", page.Text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task The_description_is_written_once_and_not_sent_again_to_who_has_it(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var first = await program.GetAsync("/api/schema/");
        var tag = first.Message.Headers.ETag!;
        Assert.Equal(("no-cache", "application/json"), ($"{first.Message.Headers.CacheControl}", first.Message.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("/api/schema", first.Text, StringComparison.Ordinal);

        var again = new HttpRequestMessage(HttpMethod.Get, "/api/schema");
        again.Headers.IfNoneMatch.Add(tag);
        var unchanged = await program.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, ""), (unchanged.Status, unchanged.Text));

        var packed = new HttpRequestMessage(HttpMethod.Get, "/api/schema/");
        packed.Headers.AcceptEncoding.ParseAdd("gzip");
        using var small = (await program.SendAsync(packed)).Message;
        Assert.Equal("gzip", Assert.Single(small.Content.Headers.ContentEncoding));
        Assert.NotEqual(tag, small.Headers.ETag);
        await using var unpacked = new GZipStream(await small.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(first.Text, await reader.ReadToEndAsync());

        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => program.GetAsync("/api/schema/")));
        Assert.All(asked, answer => Assert.Equal(tag, answer.Message.Headers.ETag));
        Assert.Equal(1, site.Get<ApiSchema>().Written);
    }

    [Theory, BothDatabases, Trait("contract", "M-056")]
    public async Task Only_named_origins_may_call_from_a_page_and_none_with_cookies(DatabaseKind kind)
    {
        foreach (var (environment, origin, allowed) in new[]
        {
            ("Development", "http://localhost:3000", true), ("Development", "http://localhost:8080", true), ("Development", "https://evil.example", false), ("Production", "http://localhost:3000", false),
        })
        {
            var site = await sites.OfAsync(kind, environment);
            using var program = site.Program();
            foreach (var method in new[] { HttpMethod.Options, HttpMethod.Get })
            {
                var request = new HttpRequestMessage(method, "/api/users/");
                request.Headers.Add("Origin", origin);
                request.Headers.Add("Access-Control-Request-Method", "GET");
                var answer = await program.SendAsync(request);
                Assert.Equal(allowed ? [origin] : [], answer.Message.Headers.TryGetValues("Access-Control-Allow-Origin", out var found) ? found : []);
                Assert.False(answer.Message.Headers.Contains("Access-Control-Allow-Credentials"));
            }
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-029"), Trait("contract", "M-030"), Trait("contract", "M-031")]
    public async Task Calls_are_counted_by_address_and_by_account(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        var (program, _, _) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        using var stranger = site.Program();
        for (var call = 0; call < 99; call++) Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/users/")).Status);

        var refused = await stranger.GetAsync("/api/users/");
        Assert.Equal((HttpStatusCode.TooManyRequests, """{"detail":"Request was throttled. Expected available in 3600 seconds."}"""), (refused.Status, refused.Text));
        Assert.Equal("3600", $"{refused.Message.Headers.RetryAfter}");
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/api/customers/health/")).Status);
        for (var call = 0; call < 1000; call++) Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/auth/me/")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await program.GetAsync("/api/auth/me/")).Status);

        site.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("60", $"{(await stranger.GetAsync("/api/users/")).Message.Headers.RetryAfter}");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/users/")).Status);
    }

    [Theory, BothDatabases, Trait("contract", "M-027"), Trait("contract", "M-028")]
    public async Task Registrations_and_logins_have_limits_of_their_own(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, limited: true);
        using var program = site.Program();
        for (var call = 0; call < 5; call++)
            Assert.Equal(HttpStatusCode.Created, (await RegisterAsync(program, call)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await RegisterAsync(program, 6)).Status);
        for (var call = 0; call < 10; call++) Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("/api/token/", new { username = "nobody", password = "x" })).Status);
        var refused = await program.PostAsync("/api/v1/auth/login/", new { email = "a@mail.example", password = "x" });
        Assert.Equal((HttpStatusCode.TooManyRequests, """{"detail":"Request was throttled. Expected available in 3600 seconds."}"""), (refused.Status, refused.Text));
    }

    private static Task<ApiAnswer> RegisterAsync(TestProgram program, int number) => program.PostAsync("/api/v1/auth/register/",
        new { email = $"limited{number}@mail.example", password = Given.Password, password_confirm = Given.Password });
}
