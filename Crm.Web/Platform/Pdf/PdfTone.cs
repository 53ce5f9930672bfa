namespace Crm.Web.Platform.Pdf;

/// <summary>How loud a text is. Never the only carrier of a meaning: a fall also has its minus sign, a late one its word.</summary>
public enum PdfTone
{
    Plain,
    Soft,
    Good,
    Bad,
}
