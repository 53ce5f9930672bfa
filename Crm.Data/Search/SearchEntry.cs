using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Data.Search;

/// <summary>A row that search finds; the index entry follows every save of it.</summary>
public interface ISearchable
{
    Guid Id { get; }
    SearchDocument Describe();

    /// <summary>Whether the rows of this collection are part of what it is found by, and so must be loaded first.</summary>
    bool IsFoundBy(string collection) => false;
}

/// <summary>What search knows about a record.</summary>
/// <param name="Kind">lead, contact, customer, product, order.</param>
/// <param name="Number">The short number that people see, found exactly.</param>
/// <param name="Title">Shown first.</param>
/// <param name="Subtitle">Shown beside the title.</param>
/// <param name="Texts">Everything it is found by.</param>
/// <param name="ParentId">The record to open instead, for a part such as a lead's contact.</param>
public sealed record SearchDocument(string Kind, Guid Id, string? Number, string Title, string Subtitle, IEnumerable<string?> Texts, Guid? ParentId = null);

/// <summary>The search index: one row per record that can be found. A copy; the records are the truth.</summary>
[NotAudited]
public sealed class SearchEntry
{
    public const int TextLength = 1000;

    /// <summary>An integer, because SQLite's full-text index joins by row id.</summary>
    public long Id { get; private set; }
    public required string Kind { get; init; }
    public required Guid EntityId { get; init; }
    public Guid? ParentId { get; set; }
    public required string Title { get; set; }
    public required string Subtitle { get; set; }

    /// <summary>Folded words; both databases index this one column.</summary>
    public required string Text { get; set; }

    public static SearchEntry Of(SearchDocument document)
    {
        var entry = new SearchEntry { Kind = document.Kind, EntityId = document.Id, Title = "", Subtitle = "", Text = "" };
        entry.Follow(document);
        return entry;
    }

    public void Follow(SearchDocument document)
    {
        (ParentId, Title, Subtitle) = (document.ParentId, CleanText.Cut(document.Title, 300), CleanText.Cut(document.Subtitle, 300));
        Text = CleanText.Cut(string.Join(' ', document.Texts.SelectMany(Folding.Words).Distinct()), TextLength);
    }
}

sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.Property(e => e.Kind).HasMaxLength(20);
        entry.Property(e => e.Title).HasMaxLength(300);
        entry.Property(e => e.Subtitle).HasMaxLength(300);
        entry.Property(e => e.Text).HasMaxLength(SearchEntry.TextLength);
        entry.HasIndex(e => e.EntityId).IsUnique();
    }
}
