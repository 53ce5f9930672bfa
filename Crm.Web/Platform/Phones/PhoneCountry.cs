namespace Crm.Web.Platform.Phones;

/// <summary>How one country writes its phone numbers.</summary>
/// <param name="Code">ISO 3166 alpha-2.</param>
/// <param name="Calling">The calling code without its plus: 254, and 1 for all of the North American plan.</param>
/// <param name="Trunk">What is dialled before the number inside the country only; empty where nothing is, or where it is part of the number.</param>
/// <param name="Shortest">Fewest digits after the calling code.</param>
/// <param name="Longest">Most digits after the calling code.</param>
/// <param name="Groups">How the digits are grouped on screen; the rest, or what does not fit, stays in the last group.</param>
/// <param name="Area">Area codes of a country in the North American plan that has its own; the first one completes a seven-digit local number.</param>
/// <param name="Abroad">What is dialled before a foreign calling code.</param>
public sealed record PhoneCountry(string Code, string Calling, string Trunk, int Shortest, int Longest, int[] Groups, string[] Area, string Abroad = "00")
{
    /// <summary>Whether the country is in the North American plan, where the first digits of area and exchange are ruled.</summary>
    public bool IsNorthAmerican => Calling == "1";

    /// <summary>Whether the digits after the calling code can be a number here.</summary>
    public bool Fits(ReadOnlySpan<char> national)
    {
        if (national.Length < Shortest || national.Length > Longest) return false;
        if (IsNorthAmerican) return national[0] is >= '2' and <= '9' && national[3] is >= '2' and <= '9';
        return Trunk.Length == 0 || !national.StartsWith(Trunk);
    }
}
