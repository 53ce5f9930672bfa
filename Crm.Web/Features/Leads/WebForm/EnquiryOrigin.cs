using System.Globalization;
using Crm.Data;

namespace Crm.Web.Features.Leads.WebForm;

/// <summary>
/// Where somebody found the web form, as its address says: <c>?via=instagram</c>, or the <c>utm_…</c> words that campaigns add. Anybody can
/// write an address, so the words are cleaned and cut before they are kept.
/// </summary>
public sealed record EnquiryOrigin(string? Via, string? Medium = null, string? Campaign = null, string? Content = null)
{
    /// <summary>Of a source that no list knows; and of each of the other words.</summary>
    public const int MostLetters = 40, MostWords = 100;

    private static readonly Dictionary<string, string> Channels = new()
    {
        ["instagram"] = "Instagram", ["ig"] = "Instagram",
        ["facebook"] = "Facebook", ["fb"] = "Facebook", ["meta"] = "Facebook",
        ["whatsapp"] = "WhatsApp", ["wa"] = "WhatsApp",
        ["tiktok"] = "TikTok",
        ["youtube"] = "YouTube",
        ["linkedin"] = "LinkedIn",
        ["x"] = "X", ["twitter"] = "X",
        ["google"] = "Google",
        ["newsletter"] = "Newsletter", ["email"] = "E-mail",
        ["flyer"] = "Flyer", ["qr"] = "Flyer",
    };

    /// <summary>The lead's source: the channel by its name, so that all of it count as one; the web form when the address says none.</summary>
    public string Source => Known(Via) ?? Clean(Via, MostLetters) switch
    {
        { } word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..],
        null => Enquiry.Source,
    };

    /// <summary>The rest, for the lead's timeline; null when the address said no more than where.</summary>
    public string? Story
    {
        get
        {
            var parts = new[] { ("Campaign", Clean(Campaign, MostWords)), ("Medium", Clean(Medium, MostWords)), ("Content", Clean(Content, MostWords)) }.Where(p => p.Item2 is not null).ToList();
            return parts.Count == 0 ? null : $"Came from {Source} by the web form. {string.Join(" ", parts.Select(p => $"{p.Item1}: {p.Item2}."))}";
        }
    }

    private static string? Known(string? via)
    {
        var word = Folding.Fold(via).Trim();
        return word.Length > MostWords ? null : word.Split('.').Select(label => Channels.GetValueOrDefault(label)).FirstOrDefault(name => name is not null);
    }

    // Letters, digits and what stands between words: nothing that means something to a page, a table or a note.
    private static string? Clean(string? text, int most)
    {
        var kept = new string([.. (CleanText.Typed(text) ?? "").Take(most * 4).Select(c => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is '-' or '.' ? c : ' ')]);
        return CleanText.Typed(CleanText.Cut(string.Join(' ', kept.Split(' ', StringSplitOptions.RemoveEmptyEntries)), most))?.Trim('-', '.', ' ') is { Length: > 0 } word ? word : null;
    }
}
