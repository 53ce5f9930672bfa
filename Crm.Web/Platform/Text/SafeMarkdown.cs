using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Crm.Web.Platform.Text;

/// <summary>
/// Turns what staff write in Markdown into HTML that may be shown as it is: HTML in the text stays text, links lead only to web,
/// mail and phone or are text as well, and pictures become links, so that a note can neither run anything nor fetch anything.
/// </summary>
public static class SafeMarkdown
{
    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    /// <summary>Safe HTML of a text.</summary>
    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            link.Url = Allowed(link.GetDynamicUrl?.Invoke() ?? link.Url);
            link.GetDynamicUrl = null;
            if (link.Url is null) link.ReplaceBy(new ContainerInline());
            else Mark(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || Allowed(link.Url) is not null) Mark(link);
            else link.ReplaceBy(new LiteralInline(link.Url));
        }
        return document.ToHtml(Pipeline);
    }

    private static string? Allowed(string? url) =>
        url is not null && Uri.TryCreate(url, UriKind.Absolute, out var target) && Schemes.Contains(target.Scheme) ? url : null;

    private static void Mark(IMarkdownObject link)
    {
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }
}
