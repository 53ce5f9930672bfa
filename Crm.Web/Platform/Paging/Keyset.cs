using System.Globalization;
using System.Linq.Expressions;
using Crm.Data;

namespace Crm.Web.Platform.Paging;

/// <summary>
/// Reads an ordered list by key, forwards and backwards, without skipping rows. Rows without a value come last in either direction,
/// alike on both databases. A page is read in parts (the ties of the cursor, the rows beyond, the rows without a value), because
/// each of them is one range of an index on (column, id).
/// </summary>
public abstract class Keyset<TRow> where TRow : Entity
{
    /// <summary>Ordered by a column; the id settles ties.</summary>
    public static Keyset<TRow> By<TKey>(Expression<Func<TRow, TKey>> column, Func<string, TKey> read) => new Column<TKey>(column, read);

    /// <summary>Ordered by a text column that is compared by its characters.</summary>
    public static Keyset<TRow> By(Expression<Func<TRow, string?>> column) => By(column, text => text);

    /// <summary>Ordered by a number.</summary>
    public static Keyset<TRow> By(Expression<Func<TRow, int>> column) => By(column, text => int.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Ordered by a large number.</summary>
    public static Keyset<TRow> By(Expression<Func<TRow, long>> column) => By(column, text => long.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>Ordered by an instant that every row has.</summary>
    public static Keyset<TRow> By(Expression<Func<TRow, DateTime>> column) => By(column, ReadInstant);

    /// <summary>Ordered by an instant that some rows lack.</summary>
    public static Keyset<TRow> By(Expression<Func<TRow, DateTime?>> column) => By<DateTime?>(column, text => ReadInstant(text));

    /// <summary>The parts to read one after the other until the page is full; a cursor that does not fit the column starts at the beginning.</summary>
    /// <param name="backwards">Towards the beginning: rows come nearest first and the page must be turned round.</param>
    public abstract IEnumerable<IQueryable<TRow>> Parts(IQueryable<TRow> rows, bool descending, Cursor? cursor, bool backwards);

    private static DateTime ReadInstant(string text) => new(long.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    private sealed class Column<TKey>(Expression<Func<TRow, TKey>> column, Func<string, TKey> read) : Keyset<TRow>
    {
        private static readonly bool MayLack = default(TKey) is null;

        public override IEnumerable<IQueryable<TRow>> Parts(IQueryable<TRow> rows, bool descending, Cursor? cursor, bool backwards)
        {
            var at = Place(cursor);
            var up = descending == backwards;
            var lacking = MayLack ? Lacking(rows, descending, at, backwards) : null;
            if (backwards && lacking is not null) yield return lacking;
            if (at is not { Lacks: true } || backwards)
                foreach (var part in Having(rows, up, at is { Lacks: true } ? null : at)) yield return part;
            if (!backwards && lacking is not null) yield return lacking;
        }

        private IEnumerable<IQueryable<TRow>> Having(IQueryable<TRow> rows, bool up, At? at)
        {
            if (at is null)
            {
                yield return Order(MayLack ? rows.Where(IsNull(not: true)) : rows, up);
                yield break;
            }
            yield return Order(rows.Where(Compare(ExpressionType.Equal, at.Value!)).Where(Beyond(at.Id, up)), up);
            yield return Order(rows.Where(Compare(up ? ExpressionType.GreaterThan : ExpressionType.LessThan, at.Value!)), up);
        }

        // Null where the cursor stands before the rows without a value and the reading goes away from them.
        private IQueryable<TRow>? Lacking(IQueryable<TRow> rows, bool descending, At? at, bool backwards)
        {
            if (backwards && at is not { Lacks: true }) return null;
            var up = descending == backwards;
            var nulls = rows.Where(IsNull(not: false));
            return Order(at is { Lacks: true } ? nulls.Where(Beyond(at.Id, up)) : nulls, up);
        }

        private At? Place(Cursor? cursor)
        {
            if (cursor is null) return null;
            if (cursor.Key is null) return MayLack ? new At(default, true, cursor.Id) : null;
            try
            {
                return new At(read(cursor.Key), false, cursor.Id);
            }
            catch (Exception unfit) when (unfit is FormatException or OverflowException or ArgumentOutOfRangeException)
            {
                return null;
            }
        }

        private IQueryable<TRow> Order(IQueryable<TRow> rows, bool up) =>
            up ? rows.OrderBy(column).ThenBy(row => row.Id) : rows.OrderByDescending(column).ThenByDescending(row => row.Id);

        private static Expression<Func<TRow, bool>> Beyond(Guid id, bool up) => up ? row => row.Id > id : row => row.Id < id;

        private Expression<Func<TRow, bool>> IsNull(bool not) => Expression.Lambda<Func<TRow, bool>>(
            Expression.MakeBinary(not ? ExpressionType.NotEqual : ExpressionType.Equal, column.Body, Expression.Constant(null, typeof(TKey))), column.Parameters);

        private Expression<Func<TRow, bool>> Compare(ExpressionType how, TKey value)
        {
            // A property of a constant object becomes a parameter of the statement, so that its plan is kept.
            Expression right = Expression.Property(Expression.Constant(new Box(value)), nameof(Box.Value));
            var left = column.Body;
            if (typeof(TKey) == typeof(string) && how is not ExpressionType.Equal)
                (left, right) = (Expression.Call(typeof(string), nameof(string.Compare), null, left, right), Expression.Constant(0));
            return Expression.Lambda<Func<TRow, bool>>(Expression.MakeBinary(how, left, right), column.Parameters);
        }

        private sealed record At(TKey? Value, bool Lacks, Guid Id);

        private sealed record Box(TKey Value);
    }
}
