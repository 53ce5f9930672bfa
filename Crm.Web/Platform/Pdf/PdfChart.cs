namespace Crm.Web.Platform.Pdf;

/// <summary>What an upright chart shows.</summary>
/// <param name="Format">Spells a value on the axis and beside a point.</param>
internal sealed record PdfChart(IReadOnlyList<string> Labels, IReadOnlyList<PdfSeries> Series, Func<decimal, string> Format, bool AsBars);

/// <summary>A place on a page, in points.</summary>
internal readonly record struct ChartArea(double X, double Y, double Width, double Height);
