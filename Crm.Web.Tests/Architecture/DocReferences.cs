using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Architecture;

/// <summary>What points into docs/ finds something there, and decisions are numbered without a gap.</summary>
public static partial class DocReferences
{
    /// <param name="exists">Whether there is a file at that path of the checkout.</param>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources, Func<string, bool> exists) =>
        from source in sources
        from Match reference in Reference().Matches(source.Text)
        where !exists(reference.Value)
        select $"{source.Path} points at {reference.Value}, which is not there.";

    /// <param name="decisions">File names.</param>
    public static IEnumerable<string> Gaps(IEnumerable<string> decisions)
    {
        var numbers = decisions.Select(name => int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        return Enumerable.Range(1, numbers.LastOrDefault()).Except(numbers).Select(number => $"There is no decision {number:0000}.");
    }

    [GeneratedRegex(@"\bdocs/[\w./-]+\.(md|png)\b", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Reference();
}
