namespace Crm.Web.Platform.Pdf;

/// <summary>One line, or one colour of bars, in a chart.</summary>
/// <param name="Name">Shown in the legend of a chart with several; a lone one is named by the heading.</param>
/// <param name="Values">One per label; null where there is none (yet).</param>
/// <param name="Before">What was before, such as last year: dashed and in stone, so that it stands back.</param>
public sealed record PdfSeries(string Name, IReadOnlyList<decimal?> Values, bool Before = false);
