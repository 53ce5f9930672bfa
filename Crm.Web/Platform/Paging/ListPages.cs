using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Paging;

/// <summary>What a program asks of a list.</summary>
/// <param name="Page">From 1 on; 0 for the last one; null for what is no page.</param>
/// <param name="Cursor">Where the page begins, instead of a page's number; empty is the beginning.</param>
/// <param name="Ordering">Names of columns, with commas between them, each with a minus before it for the largest first.</param>
/// <param name="Search">Words that all have to be found.</param>
public sealed record ListQuestion(int? Page, int Size, string? Cursor, string? Ordering, string? Search)
{
    public const int UsualSize = 20;
    public const int MostRows = 100;
    public const int LastPage = 0;
}

/// <summary>A page of a list.</summary>
/// <param name="Count">Rows of the whole list.</param>
/// <param name="Next">The page or the cursor that follows; null on the last page.</param>
public sealed record ListAnswer<T>(int Count, IReadOnlyList<T> Rows, string? Next, string? Previous)
{
    /// <summary>The same page of other rows, one for one.</summary>
    public ListAnswer<TOther> Of<TOther>(IReadOnlyList<TOther> rows) => new(Count, rows, Next, Previous);
}

/// <summary>The list has no such page.</summary>
public sealed record InvalidPage() : NotFoundError("Invalid page.");

/// <summary>Nobody gave this cursor out, or for another order.</summary>
public sealed record InvalidCursor() : NotFoundError("Invalid cursor");

/// <summary>Reads numbered pages, each with the count of the whole list, without counting rows again for every page.</summary>
public static class ListPages
{
    /// <summary>Rows between two marks: so many are counted off at most, about.</summary>
    private const int Step = 100;

    /// <summary>One's own, and those of others who were at it for pages before.</summary>
    private const int MostSurveys = 3;

    /// <summary>The page, or <see cref="InvalidPage"/>, <see cref="InvalidCursor"/>.</summary>
    /// <param name="counted">What is known of the list in any order.</param>
    /// <param name="ordered">What is known of it in this order.</param>
    /// <param name="tell">Makes the rows of the answer, in the same order.</param>
    public static async Task<Result<ListAnswer<TOut>>> ReadAsync<TRow, TOut>(
        IQueryable<TRow> rows, ListSort<TRow, TOut> sort, ListQuestion question, KnownList counted, KnownList ordered, Func<IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        var count = counted.Count ?? await rows.CountAsync(ct);
        counted.Count = count;
        if (question.Cursor is { } cursor) return await ByCursorAsync(rows, sort, question.Size, cursor, count, tell, ct);

        var pages = Math.Max(1, (count + question.Size - 1) / question.Size);
        var page = question.Page is ListQuestion.LastPage ? pages : question.Page;
        if (page is not { } number || number > pages) return new InvalidPage();
        var found = await AtAsync(rows, sort, (number - 1) * question.Size, question.Size, count, ordered, tell, ct);
        return new ListAnswer<TOut>(count, found, number < pages ? Text(number + 1) : null, number > 1 ? Text(number - 1) : null);
    }

    private static async Task<List<TOut>> AtAsync<TRow, TOut>(
        IQueryable<TRow> rows, ListSort<TRow, TOut> sort, int offset, int size, int count, KnownList ordered, Func<IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        if (ordered.Find<TOut>(offset, size) is { } known) return known;
        var found = await ReadAtAsync(rows, sort, offset, size, count, ordered, tell, ct);
        ordered.Keep(offset, size, found);
        return found;
    }

    private static async Task<List<TOut>> ReadAtAsync<TRow, TOut>(
        IQueryable<TRow> rows, ListSort<TRow, TOut> sort, int offset, int size, int count, KnownList ordered, Func<IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        if (sort.Marks is not { } by) return await tell(sort.Apply(rows).Skip(offset).Take(size)).ToListAsync(ct);

        var step = Math.Max(Step, count / KnownList.MostMarks + 1);
        for (var tries = 0; tries < MostSurveys && offset - ordered.Nearest(offset).Offset > step * 2; tries++) await SurveyAsync(rows, sort, offset, step, ordered, ct);
        var (at, mark) = ordered.Nearest(offset);
        var part = sort.Apply(mark is null ? rows : by.Column.Behind(rows, mark, by.Down));
        var found = await tell((offset == at ? part : part.Skip(offset - at)).Take(size)).ToListAsync(ct);
        if (found.Count == size) ordered.Learn(offset + size, by.Column.MarkOf(found[^1]));
        return found;
    }

    // One pass over the keys up to the page, so that no later page has to be counted off; whoever comes meanwhile waits for it.
    private static Task SurveyAsync<TRow, TOut>(IQueryable<TRow> rows, ListSort<TRow, TOut> sort, int offset, int step, KnownList ordered, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        var (column, down) = sort.Marks!.Value;
        return ordered.AloneAsync(async stop =>
        {
            var (at, from) = ordered.Nearest(offset);
            var keys = sort.Apply(from is null ? rows : column.Behind(rows, from, down)).Take(offset - at);
            await foreach (var mark in column.Marks(keys).WithCancellation(stop))
                if (++at % step == 0) ordered.Learn(at, mark);
        }, ct);
    }

    private static async Task<Result<ListAnswer<TOut>>> ByCursorAsync<TRow, TOut>(
        IQueryable<TRow> rows, ListSort<TRow, TOut> sort, int size, string cursor, int count, Func<IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        if (sort.Marks is not { } by) return await ByOffsetAsync(rows, sort, size, cursor, count, tell, ct);
        var backwards = cursor.StartsWith('p');
        var mark = cursor.Length > 0 && Cursor.Read(cursor[1..]) is { } place ? by.Column.Read(place) : null;
        if (cursor.Length > 0 && (mark is null || cursor[0] is not ('n' or 'p'))) return new InvalidCursor();

        var part = mark is null ? rows : by.Column.Behind(rows, mark, by.Down != backwards);
        var found = await tell(sort.Apply(part, backwards).Take(size + 1)).ToListAsync(ct);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        if (backwards) found.Reverse();
        string? At(char way, TOut row) => $"{way}{Cursor.At(by.Column.MarkOf(row).Key, row.Id)}";
        var (next, previous) = backwards ? (true, more) : (more, mark is not null);
        return new ListAnswer<TOut>(count, found, next && found.Count > 0 ? At('n', found[^1]) : null, previous && found.Count > 0 ? At('p', found[0]) : null);
    }

    // An order of several columns: the cursor counts rows.
    private static async Task<Result<ListAnswer<TOut>>> ByOffsetAsync<TRow, TOut>(
        IQueryable<TRow> rows, ListSort<TRow, TOut> sort, int size, string cursor, int count, Func<IQueryable<TRow>, IQueryable<TOut>> tell, CancellationToken ct)
        where TRow : Entity where TOut : IListed
    {
        var offset = 0;
        if (cursor.Length > 0 && (cursor[0] != 'o' || !int.TryParse(cursor[1..], NumberStyles.None, CultureInfo.InvariantCulture, out offset))) return new InvalidCursor();
        var found = await tell(sort.Apply(rows).Skip(offset).Take(size)).ToListAsync(ct);
        return new ListAnswer<TOut>(count, found, (long)offset + size < count ? $"o{offset + size}" : null, offset > 0 ? $"o{Math.Max(0, offset - size)}" : null);
    }

    private static string Text(int page) => page.ToString(CultureInfo.InvariantCulture);
}
