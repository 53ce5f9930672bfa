namespace Crm.Web.Platform.Pdf;

/// <summary>One column of a table.</summary>
/// <param name="Title">Head, repeated on every page; at most three lines of it are shown.</param>
/// <param name="Share">Width relative to the other columns.</param>
/// <param name="Align">Side on which head and cells stand.</param>
public sealed record PdfColumn(string Title, double Share = 1, PdfAlign Align = PdfAlign.Left)
{
    /// <returns>A column of amounts or counts, right-aligned so that its digits stand under each other.</returns>
    public static PdfColumn Number(string title, double share = 1) => new(title, share, PdfAlign.Right);
}

/// <summary>The side on which text stands.</summary>
public enum PdfAlign
{
    Left,
    Right,
    Centre,
}
