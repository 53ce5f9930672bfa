namespace Crm.Web.Platform.Pdf;

/// <summary>One of a few figures that a report opens with.</summary>
/// <param name="Below">What the figure is compared with, in words.</param>
public sealed record PdfFact(string Label, string Figure, string? Below = null, PdfTone Tone = PdfTone.Soft);
