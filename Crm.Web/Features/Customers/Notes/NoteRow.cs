namespace Crm.Web.Features.Customers.Notes;

/// <summary>A staff note as it is shown.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="IsMine">Whether the reader wrote it and so may change it.</param>
/// <param name="UpdatedAt">Later than <paramref name="CreatedAt"/> once it was changed.</param>
/// <param name="Version">Hand it back when changing the text.</param>
public sealed record NoteRow(Guid Id, string Text, bool IsPinned, string Author, bool IsMine, DateTime CreatedAt, DateTime UpdatedAt, int Version);

/// <summary>Notes of one customer: the pinned ones above, the others newest first and page by page.</summary>
/// <param name="Pinned">Only on the first page.</param>
public sealed record NotePage(IReadOnlyList<NoteRow> Pinned, IReadOnlyList<NoteRow> Rows, bool HasMore);
