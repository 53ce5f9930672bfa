using System.Globalization;
using System.Text;

namespace Crm.Web.Platform.ICalendar;

/// <summary>Content lines of RFC 5545: CRLF, at most 75 octets, folded between characters, texts escaped.</summary>
sealed class IcsLines
{
    private const int MostOctets = 75;
    private readonly StringBuilder written = new();

    /// <summary>A line whose value needs no escaping: a date, a rule, an address.</summary>
    public void Add(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{OneLine(value)}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                written.Append("\r\n ");
                octets = 1;
            }
            written.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        written.Append("\r\n");
    }

    /// <summary>A line of words.</summary>
    public void AddText(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) Add(name, Escaped(text));
    }

    public void AddUtc(string name, DateTime utc) => Add(name, Utc(utc));

    public override string ToString() => written.ToString();

    public static string Utc(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public static string Wall(DateTime wall) => wall.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string OneLine(string value) => value.Any(char.IsControl) ? new string([.. value.Where(c => !char.IsControl(c))]) : value;
}
