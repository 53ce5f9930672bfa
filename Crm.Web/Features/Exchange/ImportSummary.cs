using System.Globalization;
using System.Text;

namespace Crm.Web.Features.Exchange;

/// <summary>What the command line prints at the end of an import: every line of the file is accounted for.</summary>
public static class ImportSummary
{
    public static string Of(ImportOutcome outcome)
    {
        var tally = outcome.Tally;
        var text = new StringBuilder().AppendLine(outcome.Message);
        Row(text, "lines in the file", outcome.LinesTotal);
        Row(text, "lines imported", tally.LinesRead - tally.LinesKnown - tally.LinesRefused);
        Row(text, "lines that were here already", tally.LinesKnown);
        Row(text, "lines left out", tally.LinesRefused);
        foreach (var (reason, count) in outcome.Reasons) Row(text, $"  {reason}", count);
        if (outcome.RefusedPath is { } path) text.AppendLine($"The lines left out, with their reasons: {path}");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string what, long count) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"  {count,11:N0}  {what}");
}
