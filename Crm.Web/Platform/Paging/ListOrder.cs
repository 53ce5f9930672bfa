using Crm.Data;

namespace Crm.Web.Platform.Paging;

/// <summary>The columns that a list can be ordered by, and its order when nobody asks for another.</summary>
/// <param name="usual">As programs write it: "-created_at".</param>
public sealed class ListOrder<TRow, TOut>(string usual, params ListColumn<TRow, TOut>[] columns) where TRow : Entity where TOut : IListed
{
    /// <summary>What was asked for, as far as the list knows it; the rest is ignored.</summary>
    public ListSort<TRow, TOut> Read(string? asked) => Known(asked) is { Count: > 0 } known ? new(known) : new(Known(usual));

    private List<(ListColumn<TRow, TOut> Column, bool Down)> Known(string? text)
    {
        var known = new List<(ListColumn<TRow, TOut>, bool)>();
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(columns.Length * 2))
            if (Array.Find(columns, c => c.Name == word.TrimStart('-')) is { } column && known.All(k => k.Item1 != column)) known.Add((column, word[0] == '-'));
        return known;
    }
}

/// <summary>One order of a list; the id settles ties.</summary>
public sealed class ListSort<TRow, TOut>(IReadOnlyList<(ListColumn<TRow, TOut> Column, bool Down)> by) where TRow : Entity where TOut : IListed
{
    /// <summary>The one column that decides, where a page can begin right behind a row; else null.</summary>
    internal (ListColumn<TRow, TOut> Column, bool Down)? Marks => by is [{ Column.HasMarks: true } only] ? only : null;

    internal IQueryable<TRow> Apply(IQueryable<TRow> rows, bool backwards = false)
    {
        var ordered = by[0].Column.Order(rows, by[0].Down != backwards);
        foreach (var (column, down) in by.Skip(1)) ordered = column.ThenOrder(ordered, down != backwards);
        return by[0].Down != backwards ? ordered.ThenByDescending(r => r.Id) : ordered.ThenBy(r => r.Id);
    }

    /// <summary>The same for the same order.</summary>
    public override string ToString() => string.Join(',', by.Select(b => (b.Down ? "-" : "") + b.Column.Name));
}
