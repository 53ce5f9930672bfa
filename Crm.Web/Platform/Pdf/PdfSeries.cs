namespace Crm.Web.Platform.Pdf;

/// <summary>One line, or one colour of bars, in a chart.</summary>
/// <param name="Name">Shown in the legend of a chart with several; a lone one is named by the heading.</param>
/// <param name="Values">One per label; null where there is none (yet).</param>
/// <param name="Before">What was before, such as last year: dashed and in stone, so that it stands back.</param>
public sealed record PdfSeries(string Name, IReadOnlyList<decimal?> Values, bool Before = false);

/// <summary>One row of a ranking drawn as horizontal bars.</summary>
/// <param name="Text">The value in words, such as <c>$1,240</c>.</param>
public sealed record PdfBar(string Label, decimal Value, string Text);

/// <summary>One of a few figures that a report opens with.</summary>
/// <param name="Below">What the figure is compared with, in words.</param>
public sealed record PdfFact(string Label, string Figure, string? Below = null, PdfTone Tone = PdfTone.Soft);
