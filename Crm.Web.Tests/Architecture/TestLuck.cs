using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Architecture;

/// <summary>
/// Rule 10: no test needs luck. Between finding an element and sending it an event a component may draw itself anew, so both happen in
/// one turn of its dispatcher. A browser's page is used once it listens, not when the network happens to be silent.
/// </summary>
public static partial class TestLuck
{
    /// <summary>By the lines of the tests' sources.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources) =>
        from source in sources
        from line in source.Text.Split('\n')
        let complaint = source.Path.StartsWith("Crm.Web.Tests/", StringComparison.Ordinal) ? OfComponents(line)
            : source.Path.StartsWith("Crm.E2E/Journeys/", StringComparison.Ordinal) ? OfJourneys(line) : null
        where complaint is not null
        select $"{source.Path}: {complaint}: {line.Trim()}";

    private static string? OfComponents(string line) =>
        FoundAndUsed().IsMatch(line) && !line.Contains("InvokeAsync(", StringComparison.Ordinal) ? "find and use it in one InvokeAsync" : null;

    private static string? OfJourneys(string line) =>
        line.Contains("NetworkIdle", StringComparison.Ordinal) || line.Contains("WaitForTimeout", StringComparison.Ordinal) ? "wait for what is shown, or LiveAsync" : null;

    [GeneratedRegex(@"\bawait (\w+\.)?(Find|FindAll|WaitForElement|Cell|Box|Item)\(.*\)\.(Click|DoubleClick|Change|Input|Submit|KeyDown|Focus|FocusIn|FocusOut|Blur|Paste|TriggerEvent)Async\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FoundAndUsed();
}
