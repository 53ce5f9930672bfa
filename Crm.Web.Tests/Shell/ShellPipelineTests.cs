using System.Net;
using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Shell;

/// <summary>The whole pipeline as it runs in Production, asked as a browser asks.</summary>
public sealed class ShellPipelineTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    private readonly HttpClient http = shop.Http;

    [Theory]
    [InlineData("/not-found")]
    [InlineData("/no/such/page")]
    [InlineData("/app.css")]
    [InlineData("/boom")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/api/nothing")]
    [Trait("contract", "M-053")]
    [Trait("contract", "M-054")]
    public async Task Every_answer_carries_the_protecting_headers(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Now);

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src [^;]*unsafe", Header(answer, "Content-Security-Policy"));
        Assert.NotEmpty(Header(answer, "Referrer-Policy"));
        Assert.NotEmpty(Header(answer, "Permissions-Policy"));
    }

    [Fact]
    [Trait("contract", "M-051")]
    public async Task The_only_inline_script_is_the_import_map_and_its_hash_is_allowed()
    {
        using var answer = await http.GetAsync(new Uri("/not-found", UriKind.Relative), Now);
        var html = await answer.Content.ReadAsStringAsync(Now);

        var inline = Regex.Matches(html, "<script(?![^>]* src=)[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Assert.Single(inline).Groups["text"].Value)));

        Assert.Contains($"'sha256-{hash}'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch(" on[a-z]+=\"", html);
    }

    [Theory]
    [InlineData("/no/such/page", HttpStatusCode.NotFound, "We cannot find this page")]
    [InlineData("/boom", HttpStatusCode.InternalServerError, "Something broke on our side")]
    public async Task A_problem_is_told_in_words_and_without_its_inside(string path, HttpStatusCode status, string words)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Now);
        var html = await answer.Content.ReadAsStringAsync(Now);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", html, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", html, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("contract", "M-050")]
    public async Task A_form_without_its_token_is_refused_in_words()
    {
        using var form = new FormUrlEncodedContent([new("theme", "dark"), new("returnUrl", "/")]);
        using var answer = await http.PostAsync(new Uri("/theme", UriKind.Relative), form, Now);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("We could not do that", await answer.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie") && Header(answer, "Set-Cookie").Contains("theme=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_get_a_line_of_JSON_and_no_page()
    {
        using var answer = await http.GetAsync(new Uri("/api/nothing", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("""{"detail":"Not found."}""", await answer.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task The_script_may_be_kept_for_ever_under_the_address_that_pages_use()
    {
        var html = await http.GetStringAsync(new Uri("/not-found", UriKind.Relative), Now);
        var address = Regex.Match(html, "_framework/blazor\\.web\\.js\\?v=[0-9a-f]{16}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using var kept = await AskAsync("/" + address, "br");
        using var plain = await AskAsync("/_framework/blazor.web.js", "identity");
        using var again = await AskAsync("/_framework/blazor.web.js", "identity", Header(plain, "ETag"));

        Assert.Equal("public, max-age=31536000, immutable", Header(kept, "Cache-Control"));
        Assert.Equal("br", Assert.Single(kept.Content.Headers.ContentEncoding));
        Assert.Equal("no-cache", Header(plain, "Cache-Control"));
        Assert.True(kept.Content.Headers.ContentLength < plain.Content.Headers.ContentLength / 3);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("theme=system", null)]
    [InlineData("theme=dark", "dark")]
    [InlineData("theme=light", "light")]
    public async Task The_first_page_is_drawn_in_the_wished_colours(string cookie, string? theme)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/not-found");
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, Now);
        var html = await answer.Content.ReadAsStringAsync(Now);

        Assert.Equal(theme is not null, html.Contains($"data-theme=\"{theme}\"", StringComparison.Ordinal));
        Assert.Contains("data-density=\"comfortable\"", html, StringComparison.Ordinal);
        Assert.Matches("<html lang=\"[a-z]{2}\"", html);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string encoding, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        if (tag is not null) request.Headers.Add("If-None-Match", tag);
        return await http.SendAsync(request, Now);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
