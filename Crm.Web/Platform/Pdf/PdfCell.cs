namespace Crm.Web.Platform.Pdf;

/// <summary>One cell; a plain string is a cell too.</summary>
public readonly record struct PdfCell(string? Text, PdfTone Tone = PdfTone.Plain, bool Strong = false)
{
    public static implicit operator PdfCell(string? text) => new(text);
}
