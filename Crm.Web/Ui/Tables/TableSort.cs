namespace Crm.Web.Ui.Tables;

/// <summary>By which column a list is ordered. <see cref="Key"/> is the column's own name for it, known to the query.</summary>
public sealed record TableSort(string Key, bool Descending = false)
{
    /// <summary>What a click on a column's head asks for: this column, or its other direction when it is already chosen.</summary>
    public static TableSort Next(TableSort? now, string key, bool descendingFirst) =>
        now?.Key == key ? new(key, !now.Descending) : new(key, descendingFirst);
}
