using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Paging;

/// <summary>One page of a list that is read by key, and where it can be left.</summary>
/// <param name="Rows">In the order of the list.</param>
public sealed record KeyPage<T>(IReadOnlyList<T> Rows, bool HasEarlier, bool HasLater);

/// <summary>Reads pages from the parts of a <see cref="Keyset{TRow}"/>.</summary>
public static class KeyPages
{
    /// <summary>
    /// A page of at most <paramref name="size"/> rows behind the cursor, or before it when read backwards. A page backwards that
    /// is not full is the first page, which is then read from the beginning instead.
    /// </summary>
    /// <param name="parts">The parts for a cursor and a direction.</param>
    public static async Task<KeyPage<T>> ReadAsync<T>(Func<Cursor?, bool, IEnumerable<IQueryable<T>>> parts, Cursor? cursor, bool backwards, int size, CancellationToken ct)
    {
        var rows = await TakeAsync(parts(cursor, backwards && cursor is not null), size + 1, ct);
        if (!backwards || cursor is null) return new KeyPage<T>(Cut(rows, size), cursor is not null, rows.Count > size);
        if (rows.Count <= size) return await ReadAsync(parts, null, false, size, ct);
        rows = Cut(rows, size);
        rows.Reverse();
        return new KeyPage<T>(rows, true, true);
    }

    /// <summary>The first rows of the parts, one part after the other.</summary>
    public static async Task<List<T>> TakeAsync<T>(IEnumerable<IQueryable<T>> parts, int count, CancellationToken ct)
    {
        var rows = new List<T>();
        foreach (var part in parts)
        {
            if (rows.Count == count) break;
            rows.AddRange(await part.Take(count - rows.Count).ToListAsync(ct));
        }
        return rows;
    }

    private static List<T> Cut<T>(List<T> rows, int size) => rows.Count > size ? rows[..size] : rows;
}
