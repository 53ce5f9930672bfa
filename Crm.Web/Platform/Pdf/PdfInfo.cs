namespace Crm.Web.Platform.Pdf;

/// <summary>What a reader's window and a screen reader are told about the document.</summary>
/// <param name="Title">Shown as the window's title.</param>
/// <param name="Author">Who publishes it.</param>
/// <param name="Language">Of the text, such as <c>en</c> or <c>fr</c>.</param>
/// <param name="CreatedAt">UTC; passed in, so that the same content gives the same bytes.</param>
public sealed record PdfInfo(string Title, string Author, string Language, DateTime CreatedAt);
