using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Architecture;

/// <summary>
/// Rule 9: a field in which people write says how much it takes. What is longer than a circuit's message cuts the line, and the
/// draft that comes back cuts it again. Passwords are left out: a browser that silently cuts a pasted one locks its owner out.
/// </summary>
public static partial class TextLimits
{
    private static readonly string[] Written = ["text", "search", "email", "tel", "url"];

    /// <summary>By the tags in the sources of components.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources) =>
        from source in sources
        where source.Path.StartsWith("Crm.Web/", StringComparison.Ordinal) && source.Path.EndsWith(".razor", StringComparison.Ordinal)
        from Match tag in Tag().Matches(source.Text)
        where IsWritten(tag) && !Limit().IsMatch(tag.Value)
        select $"{source.Path}: give this field a maxlength: {tag.Value}";

    private static bool IsWritten(Match tag) =>
        Type().Match(tag.Value) is var type && (!type.Success || Written.Contains(type.Groups["type"].Value));

    [GeneratedRegex("""<(?<name>textarea|input|InputText|InputTextArea)\b(?:[^>"]|"[^"]*")*>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("""\stype="(?<type>[^"]*)"[\s/>]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex("""\smaxlength="[^"]+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limit();
}
