using System.Globalization;

namespace Crm.Web.Platform.Pdf;

/// <summary>An opaque colour of ink on paper.</summary>
public readonly record struct PdfColour(byte Red, byte Green, byte Blue)
{
    /// <param name="hex">As in a style sheet: <c>#1F5B42</c>.</param>
    public static PdfColour FromHex(ReadOnlySpan<char> hex) => hex is ['#', .. { Length: 6 } digits]
        ? new(Part(digits[..2]), Part(digits[2..4]), Part(digits[4..]))
        : throw new FormatException($"\"{hex}\" is not a colour such as #1F5B42.");

    private static byte Part(ReadOnlySpan<char> digits) => byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
