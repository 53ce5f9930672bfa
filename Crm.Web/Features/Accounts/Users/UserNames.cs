using System.Text.RegularExpressions;
using Crm.Web.Platform.Phones;

namespace Crm.Web.Features.Accounts.Users;

/// <summary>What a user name may be made of.</summary>
static partial class UserNames
{
    public const string Complaint = "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.";

    public const int Longest = 150;

    /// <summary>What is wrong with a name that somebody chose for themselves, or null: it must not pass for another person's number or address, by which people sign in too.</summary>
    /// <param name="email">Their own address, which may be the name.</param>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    public static string? ComplaintAbout(string name, string email, string country)
    {
        if (name.Length > Longest) return $"Ensure this field has no more than {Longest} characters.";
        if (!AreGood(name)) return Complaint;
        if (name.Contains('@', StringComparison.Ordinal) && !string.Equals(name, email.Trim(), StringComparison.OrdinalIgnoreCase)) return "An e-mail address as username has to be your own.";
        return PhoneNumber.TryParse(name, country, out _) ? "A phone number cannot be a username." : null;
    }

    public static bool AreGood(string name) => Good().IsMatch(name);

    [GeneratedRegex(@"^[\w.@+-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Good();
}
