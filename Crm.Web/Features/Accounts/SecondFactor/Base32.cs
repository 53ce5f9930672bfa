using System.Text;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Letters and digits that people can type: RFC 4648, without padding.</summary>
static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var each in bytes)
        {
            (bits, held) = (bits << 8 | each, held + 8);
            for (; held >= 5; held -= 5) text.Append(Alphabet[bits >> (held - 5) & 31]);
            bits &= (1 << held) - 1;
        }
        if (held > 0) text.Append(Alphabet[bits << (5 - held) & 31]);
        return text.ToString();
    }

    /// <summary>In groups of four, as people read it.</summary>
    public static string Grouped(string text, char between) => string.Join(between, text.Chunk(4).Select(group => new string(group)));
}
