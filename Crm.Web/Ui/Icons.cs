using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Ui;

/// <summary>
/// An icon of the sprite icons.svg as one piece of markup, in the colour of the text around it. Every component on a screen costs the
/// server a state and a buffer of its own, so that icons, which are everywhere and never change, are none
/// (docs/decisions/0032-screens-keep-little.md).
/// </summary>
public static class Icons
{
    private static readonly ConcurrentDictionary<(string Sprite, string Name, string? Css, string? Label), MarkupString> Drawn = new();

    /// <param name="name">Name in the sprite without its <c>i-</c>: home, board, users, bag, search, plus, x, check, down, up …</param>
    /// <param name="css">More classes.</param>
    /// <param name="label">Spoken name, only where no word stands beside the icon; without one it is hidden from screen readers.</param>
    public static MarkupString Icon(this ResourceAssetCollection assets, string name, string? css = null, string? label = null) =>
        Drawn.GetOrAdd((assets["icons.svg"], name, css, label), Draw);

    private static MarkupString Draw((string Sprite, string Name, string? Css, string? Label) icon)
    {
        var spoken = icon.Label is null ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{WebUtility.HtmlEncode(icon.Label)}\"";
        return new($"<svg class=\"{(icon.Css is null ? "ic" : $"ic {icon.Css}")}\" {spoken}><use href=\"{icon.Sprite}#i-{icon.Name}\"/></svg>");
    }
}
