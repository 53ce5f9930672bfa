using System.Globalization;
using System.Text;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Accounts.Users;

/// <summary>What a user name may be made of: what can be read, in letters of one script, so that no name passes for another.</summary>
static class UserNames
{
    public const string Complaint = "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.";

    /// <summary>Letters that look alike in two scripts would make two names of what reads as one.</summary>
    public const string Mixed = "Enter a valid username. This value may contain only letters of one alphabet.";

    public const int Longest = 150;

    private const string Signs = "@.+-_'";
    private const int MostMarks = 4;

    // Drawn over a letter that has a dot already, it is not seen.
    private const int DotAbove = 0x0307;

    /// <summary>What is wrong with a name that somebody chose for themselves, or null: it must not pass for another person's number or address, by which people sign in too.</summary>
    /// <param name="email">Their own address, which may be the name.</param>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    public static string? ComplaintAbout(string name, string email, string country)
    {
        if (name.Length > Longest) return $"Ensure this field has no more than {Longest} characters.";
        if (ComplaintAbout(name) is { } unreadable) return unreadable;
        if (name.Contains('@', StringComparison.Ordinal) && !string.Equals(name, email.Trim(), StringComparison.OrdinalIgnoreCase)) return "An e-mail address as username has to be your own.";
        return PhoneNumber.TryParse(name, country, out _) ? "A phone number cannot be a username." : null;
    }

    /// <summary>What is wrong with its characters alone, or null.</summary>
    public static string? ComplaintAbout(string name)
    {
        if (name.Length == 0 || !AreReadable(name) || !IsPlain(name)) return Complaint;
        return Scripts.AreOne(name) ? null : Mixed;
    }

    private static bool AreReadable(string name)
    {
        var (marks, before) = (MostMarks, default(Rune)); // none at the beginning
        foreach (var rune in name.EnumerateRunes())
        {
            if (PersonName.IsBlank(rune)) return false;
            if (IsMark(rune))
            {
                if (++marks > MostMarks || rune.Value == DotAbove && before.Value is 'i' or 'j' or 'ı') return false;
                continue;
            }
            (marks, before) = (0, rune);
            if (!IsLetterOrDigit(rune) && !(rune.IsAscii && Signs.Contains((char)rune.Value, StringComparison.Ordinal))) return false;
        }
        return true;
    }

    // Wide, mathematical or joined letters stand for plain ones, and look like them.
    private static bool IsPlain(string name) => name.Normalize().IsNormalized(NormalizationForm.FormKC);

    private static bool IsLetterOrDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
