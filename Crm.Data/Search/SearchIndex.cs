using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Search;

/// <summary>A record that was found.</summary>
public sealed record SearchHit(string Kind, Guid Id, Guid? ParentId, string Title, string Subtitle);

/// <summary>
/// Finds records by words, prefixes, accents left out, by digits as a part of a phone number in any style or as a number of their own, and,
/// when nothing matches, by near words; alike on both databases.
/// </summary>
public static class SearchIndex
{
    private const int MostWords = 8;
    private const int ShortestNear = 4;
    private const int MostTerms = 5_000;

    /// <inheritdoc cref="FindAsync(CrmDbContext, string, IReadOnlyCollection{string}, int, Func{IQueryable{SearchEntry}, IQueryable{SearchEntry}}?, CancellationToken)"/>
    public static Task<List<SearchHit>> FindAsync(CrmDbContext db, string text, IReadOnlyCollection<string> kinds, int limit, CancellationToken ct) => FindAsync(db, text, kinds, limit, null, ct);

    /// <summary>The best hits of the kinds, at most <paramref name="limit"/>, in one query (a second only for a misspelt word).</summary>
    /// <param name="sight">Leaves what whoever asks may see, before the limit is counted; null for everything.</param>
    public static async Task<List<SearchHit>> FindAsync(
        CrmDbContext db, string text, IReadOnlyCollection<string> kinds, int limit, Func<IQueryable<SearchEntry>, IQueryable<SearchEntry>>? sight, CancellationToken ct)
    {
        if (PhoneSearch.Digits(text) is { } digits) return await HitsAsync(Seen(MatchAny(db, PhoneSearch.Words(digits))), kinds, limit, ct);
        var words = Folding.Words(text).Take(MostWords).ToArray();
        if (words.Length == 0) return [];
        var hits = await HitsAsync(Seen(Match(db, words)), kinds, limit, ct);
        return hits.Count > 0 || !words.Any(CanBeNear) ? hits : await HitsAsync(Seen(await NearAsync(db, words, ct)), kinds, limit, ct);

        IQueryable<SearchEntry> Seen(IQueryable<SearchEntry> found) => sight is null ? found : sight(found);
    }

    /// <summary>Ids of the records of a kind that match, to narrow a list; all words must match, the last may be unfinished.</summary>
    public static async Task<IQueryable<Guid>> IdsAsync(CrmDbContext db, string kind, string text, CancellationToken ct)
    {
        if (PhoneSearch.Digits(text) is { } digits) return AnyIds(db, kind, PhoneSearch.Words(digits));
        var words = Folding.Words(text).Take(MostWords).ToArray();
        var match = words.Length == 0 ? db.SearchEntries.Where(_ => false) : Match(db, words);
        match = match.Where(e => e.Kind == kind);
        if (words.Any(CanBeNear) && !await match.AnyAsync(ct)) match = (await NearAsync(db, words, ct)).Where(e => e.Kind == kind);
        return match.Select(e => e.EntityId);
    }

    /// <summary>Ids of the records of a kind that have any of these words, or one that begins like it; nothing near, no second look.</summary>
    /// <param name="words">As <see cref="Folding.Words"/> gives them.</param>
    public static IQueryable<Guid> AnyIds(CrmDbContext db, string kind, IReadOnlyCollection<string> words) => MatchAny(db, words).Where(e => e.Kind == kind).Select(e => e.EntityId);

    /// <summary>Entries that have all the words of any of these phrases, whole words, in any order: to look many names up at once.</summary>
    /// <param name="phrases">None is empty; words as <see cref="Folding.Words"/> gives them.</param>
    public static IQueryable<SearchEntry> AllOf(CrmDbContext db, IReadOnlyCollection<string> kinds, IReadOnlyCollection<string[]> phrases)
    {
        if (db.Kind is DatabaseKind.Postgres)
        {
            var query = string.Join(" | ", phrases.Select(words => $"({string.Join(" & ", words)})"));
            return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE to_tsvector('simple', \"Text\") @@ to_tsquery('simple', {query})").AsNoTracking().Where(e => kinds.Contains(e.Kind));
        }
        var match = string.Join(" OR ", phrases.Select(words => $"({string.Join(" AND ", words.Select(w => $"\"{w}\""))})"));
        return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE \"Id\" IN (SELECT rowid FROM \"SearchText\" WHERE \"SearchText\" MATCH {match})").AsNoTracking().Where(e => kinds.Contains(e.Kind));
    }

    private static IQueryable<SearchEntry> MatchAny(CrmDbContext db, IReadOnlyCollection<string> words)
    {
        if (db.Kind is DatabaseKind.Postgres)
        {
            var query = string.Join(" | ", words.Select(w => $"{w}:*"));
            return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE to_tsvector('simple', \"Text\") @@ to_tsquery('simple', {query})").AsNoTracking();
        }
        var match = string.Join(" OR ", words.Select(w => $"\"{w}\"*"));
        return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE \"Id\" IN (SELECT rowid FROM \"SearchText\" WHERE \"SearchText\" MATCH {match})").AsNoTracking();
    }

    internal static IQueryable<SearchEntry> Match(CrmDbContext db, IReadOnlyList<string> words)
    {
        if (db.Kind is DatabaseKind.Postgres)
        {
            var query = string.Join(" & ", words.Select(w => $"{w}:*"));
            return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE to_tsvector('simple', \"Text\") @@ to_tsquery('simple', {query})").AsNoTracking();
        }
        var match = string.Join(' ', words.Select(w => $"\"{w}\"*"));
        return db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE \"Id\" IN (SELECT rowid FROM \"SearchText\" WHERE \"SearchText\" MATCH {match})").AsNoTracking();
    }

    // A number with another digit is another number: only words of letters can be misspelt.
    private static bool CanBeNear(string word) => word.Length >= ShortestNear && !word.Any(char.IsDigit);

    private static async Task<IQueryable<SearchEntry>> NearAsync(CrmDbContext db, string[] words, CancellationToken ct)
    {
        if (db.Kind is DatabaseKind.Postgres)
        {
            var text = string.Join(' ', words.Where(CanBeNear));
            var near = db.SearchEntries.FromSqlInterpolated($"SELECT * FROM \"SearchEntries\" WHERE {text} <% \"Text\"").AsNoTracking();
            var exact = words.Where(w => !CanBeNear(w)).ToArray();
            if (exact.Length == 0) return near;
            var known = Match(db, exact).Select(e => e.Id);
            return near.Where(e => known.Contains(e.Id));
        }
        var meant = new List<string>();
        foreach (var word in words) meant.Add(CanBeNear(word) ? await NearestTermAsync(db, word, 2, ct) ?? await NearestTermAsync(db, word, 1, ct) ?? word : word);
        return Match(db, meant);
    }

    // SQLite has no trigram similarity: the index's own vocabulary is compared by edits, from the same first letters on and so many terms at most.
    private static async Task<string?> NearestTermAsync(CrmDbContext db, string word, int sameLetters, CancellationToken ct)
    {
        var (from, to, shortest, longest) = (word[..sameLetters], word[..sameLetters] + '\uffff', word.Length - 2, word.Length + 2);
        var terms = await db.Database.SqlQuery<string>(
            $"SELECT term AS \"Value\" FROM \"SearchTerms\" WHERE term >= {from} AND term < {to} AND length(term) BETWEEN {shortest} AND {longest} LIMIT {MostTerms}").ToListAsync(ct);
        var allowed = word.Length < 6 ? 1 : 2;
        return terms.Where(t => !t.Any(char.IsDigit)).Select(t => (Term: t, Edits: EditDistance.Between(word, t))).Where(t => t.Edits <= allowed)
            .OrderBy(t => t.Edits).ThenBy(t => t.Term, StringComparer.Ordinal).Select(t => t.Term).FirstOrDefault();
    }

    private static Task<List<SearchHit>> HitsAsync(IQueryable<SearchEntry> found, IReadOnlyCollection<string> kinds, int limit, CancellationToken ct) =>
        found.Where(e => kinds.Contains(e.Kind)).OrderByDescending(e => e.Id).Take(limit)
            .Select(e => new SearchHit(e.Kind, e.EntityId, e.ParentId, e.Title, e.Subtitle)).ToListAsync(ct);
}
