using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Times;
using Crm.Web.Platform.Web;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>
/// Turns a mail's record into what its template may name: links made absolute, instants by the clock of its reader or the shop, an enum as a flag of its
/// own name, and the shop's name and address.
/// </summary>
public sealed partial class MailValues(Shop shop, PublicAddress address)
{
    private const int LongestName = 60;

    /// <exception cref="ArgumentException">A link leads away from the shop.</exception>
    public IReadOnlyDictionary<string, object?> Of(Mail mail, string language)
    {
        var (culture, zone) = (CultureInfo.GetCultureInfo(language), Zones.Find(mail.ByZone) ?? shop.Zone);
        var values = new Dictionary<string, object?>
        {
            ["shop"] = shop.Settings.Name,
            ["address"] = shop.Settings.Address ?? "",
            ["home"] = address.Known ?? "",
        };
        foreach (var property in mail.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var value = property.GetValue(mail);
            if (value is Enum) foreach (var member in Enum.GetNames(value.GetType())) values[JsonNamingPolicy.CamelCase.ConvertName(member)] = member == value.ToString();
            else values[name] = Value(property.Name, value, culture, zone);
        }
        return values;
    }

    private object? Value(string name, object? value, CultureInfo culture, TimeZoneInfo zone) => value switch
    {
        string link when name.EndsWith("Link", StringComparison.Ordinal) => address.Of(link),
        string person when name == nameof(Mail.Name) => Greeting(person),
        IReadOnlyList<MailLine> lines => lines.Select(l => new Dictionary<string, object?> { ["text"] = OutgoingMail.OneLine(l.Text), ["note"] = OutgoingMail.OneLine(l.Note), ["link"] = address.Of(l.Link) }).ToList(),
        DateTime at => zone.ToWall(at).ToString("dddd d MMMM yyyy, HH:mm", culture),
        string words => OutgoingMail.OneLine(words),
        null => "",
        _ => value,
    };

    // A stranger chooses the name that a mail of ours begins with: it must not carry their link to somebody's mailbox.
    private static string Greeting(string name)
    {
        var kept = OutgoingMail.OneLine(name);
        return kept.Length > LongestName || kept.IndexOfAny(['/', '@', ':', '<', '\\']) >= 0 || LooksLikeHost().IsMatch(kept) ? "" : kept;
    }

    [GeneratedRegex(@"[\p{L}\p{N}-]\.\p{Ll}{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LooksLikeHost();
}
