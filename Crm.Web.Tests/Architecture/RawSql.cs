using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 11: what people type never becomes SQL. Queries are LINQ or carry parameters; the few commands made of text are named here.</summary>
public static partial class RawSql
{
    // a pragma, a pragma, and column names of the model
    private static readonly string[] MadeOfOurWords = ["Crm.Web/Platform/Jobs/QuartzStore.cs", "Crm.Data/Storage/SqlitePragmas.cs", "Crm.Data/Storage/BulkRows.cs"];

    /// <summary>By the sources of the app and its data.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources) =>
        from source in sources
        where source.Path.StartsWith("Crm.Web/", StringComparison.Ordinal) || source.Path.StartsWith("Crm.Data/", StringComparison.Ordinal)
        where !source.Path.Contains("/Migrations/", StringComparison.Ordinal) && !MadeOfOurWords.Contains(source.Path)
        from Match use in Raw().Matches(source.Text)
        select $"{source.Path}: {use.Value} takes text as SQL; use LINQ or an interpolated query, whose holes are parameters.";

    [GeneratedRegex(@"\b(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw|CommandText)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raw();
}
