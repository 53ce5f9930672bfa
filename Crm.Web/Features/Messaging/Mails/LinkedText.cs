using System.Text.RegularExpressions;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>Finds the links in a plain text, so that a page can make them followable.</summary>
static partial class LinkedText
{
    public static IEnumerable<(string Part, bool IsLink)> Parts(string text)
    {
        var at = 0;
        foreach (Match link in Links().Matches(text))
        {
            yield return (text[at..link.Index], false);
            yield return (link.Value, true);
            at = link.Index + link.Length;
        }
        yield return (text[at..], false);
    }

    [GeneratedRegex(@"https?://[^\s]+", RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
