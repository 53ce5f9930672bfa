namespace Crm.Web.Platform.Results;

/// <summary>Some rows of a list that is read by key, and whether more follow.</summary>
public sealed record Page<T>(IReadOnlyList<T> Rows, bool HasMore)
{
    /// <summary>From size + 1 rows asked for.</summary>
    public static Page<T> Of(List<T> rows, int size) => new(rows.Count > size ? rows[..size] : rows, rows.Count > size);
}
