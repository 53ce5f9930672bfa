using AngleSharp.Html.Parser;
using Crm.Web.Platform.Text;

namespace Crm.Web.Tests.Platform.Text;

public sealed class SafeMarkdownTests
{
    [Theory, Trait("contract", "M-051")]
    [InlineData("<img src=x onerror=fetch('/pwn')>")]
    [InlineData("\"><script>fetch('/pwn')</script>")]
    [InlineData("<svg onload=alert(1)>\n\n<iframe src=javascript:alert(1)></iframe>")]
    [InlineData("[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,<script>1</script>) [w](vbscript:x)")]
    [InlineData("[x](\"onmouseover=alert(1) x=\") [y][r]\n\n[r]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)> <https://example.org/\"onclick=alert(1)>")]
    [InlineData("![p](https://evil.example/p.png) ![q](javascript:alert(1)) ![r][r]\n\n[r]: http://evil.example/x.png")]
    [InlineData("[x](//evil.example) [y](/logout) [z](\\\\evil)")]
    [InlineData("`<script>`\n\n    <script>alert(1)</script>\n\n```html\"onclick=x\n<script>\n```")]
    public void Nothing_runs_nothing_is_fetched_and_links_lead_to_web_mail_or_phone(string markdown)
    {
        var body = new HtmlParser().ParseDocument($"<body>{SafeMarkdown.ToHtml(markdown)}</body>").Body!;

        foreach (var element in body.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, new[] { "p", "a", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "br", "hr", "h1", "h2" });
            foreach (var attribute in element.Attributes)
            {
                Assert.Contains(attribute.Name, new[] { "href", "rel", "target", "title", "class" });
                if (attribute.Name == "href")
                    Assert.Contains(attribute.Value.Split(':')[0].ToLowerInvariant(), new[] { "http", "https", "mailto", "tel" });
            }
        }
    }

    [Fact]
    public void What_leads_nowhere_good_is_text() =>
        Assert.Equal("<p>Look <strong>here</strong> or there</p>", SafeMarkdown.ToHtml("Look [**here**](javascript:alert(1)) or [there](//evil.example)").Trim());

    [Fact]
    public void Ordinary_markdown_is_shown_as_it_is_meant()
    {
        var html = SafeMarkdown.ToHtml("Cooking for **40** on *12 December*:\n- goat\n- rice\n\nSee https://example.org or [mail](mailto:a@example.org), Ọláyínká & co <3");

        Assert.Contains("<strong>40</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<li>goat</li>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:a@example.org\"", html, StringComparison.Ordinal);
        Assert.Contains("Ọláyínká &amp; co &lt;3", html, StringComparison.Ordinal);
    }
}
