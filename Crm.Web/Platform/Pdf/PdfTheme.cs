namespace Crm.Web.Platform.Pdf;

/// <summary>The colours of a document, so that paper looks like the screens it comes from.</summary>
public sealed record PdfTheme
{
    public required PdfColour Text { get; init; }

    /// <summary>Running text that stands back a little.</summary>
    public required PdfColour TextSoft { get; init; }

    /// <summary>Labels, column heads, page numbers.</summary>
    public required PdfColour TextFaint { get; init; }

    /// <summary>Hairline between rows.</summary>
    public required PdfColour Line { get; init; }

    /// <summary>Hairline under column heads and above totals.</summary>
    public required PdfColour LineStrong { get; init; }

    public required PdfColour GridLine { get; init; }

    public required PdfColour Good { get; init; }

    public required PdfColour Bad { get; init; }

    /// <summary>Chart colours in order of use, at least one.</summary>
    public required IReadOnlyList<PdfColour> Series { get; init; }

    /// <summary>What was before, beside what is: last year's line or bar.</summary>
    public required PdfColour SeriesBefore { get; init; }

    /// <summary>Reads the light theme out of the look's style sheet, the only place where a colour is written.</summary>
    /// <param name="css">Custom properties such as <c>--c-text: #231C16;</c>; the first of a name counts.</param>
    /// <exception cref="FormatException">A colour that documents need is missing.</exception>
    public static PdfTheme FromTokens(string css)
    {
        return new PdfTheme
        {
            Text = Token("c-text"),
            TextSoft = Token("c-text-2"),
            TextFaint = Token("c-text-3"),
            Line = Token("c-line"),
            LineStrong = Token("c-line-strong"),
            GridLine = Token("c-grid-line"),
            Good = Token("c-ok-text"),
            Bad = Token("c-bad-text"),
            Series = [Token("c-series-1"), Token("c-series-2"), Token("c-series-3"), Token("c-series-4"), Token("c-series-5")],
            SeriesBefore = Token("c-series-6"),
        };

        PdfColour Token(string name)
        {
            var at = css.IndexOf($"--{name}:", StringComparison.Ordinal);
            var hash = at < 0 ? -1 : css.IndexOf('#', at);
            if (hash < 0 || hash + 7 > css.Length) throw new FormatException($"The style sheet has no colour --{name}.");
            return PdfColour.FromHex(css.AsSpan(hash, 7));
        }
    }
}
