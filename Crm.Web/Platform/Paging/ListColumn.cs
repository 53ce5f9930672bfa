using System.Globalization;
using System.Linq.Expressions;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Paging;

/// <summary>A row as a list tells it.</summary>
public interface IListed
{
    Guid Id { get; }
}

/// <summary>A column that a list can be ordered by.</summary>
/// <param name="name">As programs call it.</param>
public abstract class ListColumn<TRow, TOut>(string name) where TRow : Entity where TOut : IListed
{
    public string Name => name;

    /// <summary>Whether a page can begin right behind a row of it, without counting rows.</summary>
    internal abstract bool HasMarks { get; }

    internal abstract IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool down);
    internal abstract IOrderedQueryable<TRow> ThenOrder(IOrderedQueryable<TRow> rows, bool down);

    /// <summary>The rows behind a mark.</summary>
    internal abstract IQueryable<TRow> Behind(IQueryable<TRow> rows, ListMark mark, bool down);
    internal abstract ListMark MarkOf(TOut row);

    /// <summary>The places of rows alone.</summary>
    internal abstract IAsyncEnumerable<ListMark> Marks(IQueryable<TRow> rows);
    internal abstract ListMark? Read(Cursor cursor);

    /// <summary>A column of any type; pages of it are counted off.</summary>
    public static ListColumn<TRow, TOut> Of<TKey>(string name, Expression<Func<TRow, TKey>> column) => new Plain<TKey>(name, column);

    /// <summary>An instant, read by its key.</summary>
    public static ListColumn<TRow, TOut> Instant(string name, Expression<Func<TRow, DateTime>> column, Func<TOut, DateTime> value) =>
        new Marked<DateTime>(name, column, value, text => new DateTime(long.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc));

    /// <summary>A whole number, read by its key.</summary>
    public static ListColumn<TRow, TOut> Number(string name, Expression<Func<TRow, long>> column, Func<TOut, long> value) =>
        new Marked<long>(name, column, value, text => long.Parse(text, CultureInfo.InvariantCulture));

    private class Plain<TKey>(string name, Expression<Func<TRow, TKey>> column) : ListColumn<TRow, TOut>(name)
    {
        internal override bool HasMarks => false;
        internal override IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool down) => down ? rows.OrderByDescending(column) : rows.OrderBy(column);
        internal override IOrderedQueryable<TRow> ThenOrder(IOrderedQueryable<TRow> rows, bool down) => down ? rows.ThenByDescending(column) : rows.ThenBy(column);
        internal override IQueryable<TRow> Behind(IQueryable<TRow> rows, ListMark mark, bool down) => throw new NotSupportedException();
        internal override ListMark MarkOf(TOut row) => throw new NotSupportedException();
        internal override IAsyncEnumerable<ListMark> Marks(IQueryable<TRow> rows) => throw new NotSupportedException();
        internal override ListMark? Read(Cursor cursor) => null;
    }

    private sealed class Marked<TKey>(string name, Expression<Func<TRow, TKey>> column, Func<TOut, TKey> value, Func<string, TKey> read) : Plain<TKey>(name, column) where TKey : struct
    {
        private readonly Expression<Func<TRow, TKey>> column = column;

        internal override bool HasMarks => true;

        internal override ListMark MarkOf(TOut row) => new(value(row), row.Id);

        internal override async IAsyncEnumerable<ListMark> Marks(IQueryable<TRow> rows)
        {
            var place = Expression.MemberInit(Expression.New(typeof(Place)),
                Expression.Bind(typeof(Place).GetProperty(nameof(Place.Key))!, column.Body),
                Expression.Bind(typeof(Place).GetProperty(nameof(Place.Id))!, Expression.Property(column.Parameters[0], nameof(Entity.Id))));
            await foreach (var row in rows.Select(Expression.Lambda<Func<TRow, Place>>(place, column.Parameters)).AsAsyncEnumerable()) yield return new ListMark(row.Key, row.Id);
        }

        internal override ListMark? Read(Cursor cursor)
        {
            try
            {
                return cursor.Key is { } key ? new ListMark(read(key), cursor.Id) : null;
            }
            catch (Exception unfit) when (unfit is FormatException or OverflowException or ArgumentOutOfRangeException)
            {
                return null;
            }
        }

        // The border alone first, so that both databases start to read there; of its equals only those beyond the row.
        internal override IQueryable<TRow> Behind(IQueryable<TRow> rows, ListMark mark, bool down)
        {
            var (border, beyond) = down ? (ExpressionType.LessThanOrEqual, ExpressionType.LessThan) : (ExpressionType.GreaterThanOrEqual, ExpressionType.GreaterThan);
            Expression key = Expression.Property(Expression.Constant(new Box((TKey)mark.Key)), nameof(Box.Value));
            Expression id = Expression.Property(Expression.Constant(new IdBox(mark.Id)), nameof(IdBox.Value));
            var rowId = Expression.Property(column.Parameters[0], nameof(Entity.Id));
            var either = Expression.OrElse(Expression.MakeBinary(beyond, column.Body, key), Expression.MakeBinary(beyond, rowId, id));
            return rows.Where(Expression.Lambda<Func<TRow, bool>>(Expression.AndAlso(Expression.MakeBinary(border, column.Body, key), either), column.Parameters));
        }

        // A property of a constant object becomes a parameter of the statement, so that its plan is kept.
        private sealed record Box(TKey Value);
        private sealed record IdBox(Guid Value);

        private sealed class Place
        {
            public TKey Key { get; init; }
            public Guid Id { get; init; }
        }
    }
}
