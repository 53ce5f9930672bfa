namespace Crm.Web.Platform.Pdf;

/// <summary>One row of a ranking drawn as horizontal bars.</summary>
/// <param name="Text">The value in words, such as <c>$1,240</c>.</param>
public sealed record PdfBar(string Label, decimal Value, string Text);
