using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// What a password must have: eight characters, with letters, digits and special characters among them. And what it must not be: one
/// that everybody guesses, or its owner's name or address.
/// </summary>
public sealed class PasswordRule : IPasswordValidator<User>
{
    /// <summary>Whoever chooses a new password means another one.</summary>
    public const string Same = "This is the password you have now. Choose another.";

    public const int Shortest = 8;

    /// <summary>Longer ones would only cost time to hash.</summary>
    public const int Longest = 200;

    /// <summary>What is wrong, one sentence each; empty for a good one.</summary>
    /// <param name="owner">The e-mail address and names of whose it is to be.</param>
    public static IReadOnlyList<string> Complaints(string password, params IEnumerable<string?> owner)
    {
        var complaints = new List<string>();
        if (password.Length < Shortest) complaints.Add($"This password is too short. It must contain at least {Shortest} characters.");
        if (password.Length > Longest) complaints.Add($"This password is too long. It may contain at most {Longest} characters.");
        if (!password.Any(char.IsLetter)) complaints.Add("The password must contain at least 1 letter.");
        if (!password.Any(char.IsDigit)) complaints.Add("The password must contain at least 1 digit.");
        if (!password.Any(IsSpecial)) complaints.Add("The password must contain at least 1 special character.");
        if (complaints.Count > 0) return complaints;
        if (CommonPasswords.Has(password)) complaints.Add("This password is too common.");
        else if (owner.OfType<string>().SelectMany(Readings).Contains(password.Trim(), StringComparer.OrdinalIgnoreCase))
            complaints.Add("This password is too similar to your name or e-mail address.");
        return complaints;
    }

    /// <summary>The same rule where Identity asks for it.</summary>
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var errors = Complaints(password ?? "", user.Email, user.UserName, user.FirstName, user.LastName, user.DisplayName).Select(text => new IdentityError { Code = nameof(PasswordRule), Description = text }).ToArray();
        return Task.FromResult(errors.Length == 0 ? IdentityResult.Success : IdentityResult.Failed(errors));
    }

    // Of an address the part before the @ too, and of a name of several words the words in one.
    private static IEnumerable<string> Readings(string text) => [text.Trim(), text.Split('@')[0].Trim(), text.Replace(" ", "", StringComparison.Ordinal)];

    private static bool IsSpecial(char ch) => !char.IsLetterOrDigit(ch) && !char.IsWhiteSpace(ch) && !char.IsControl(ch);
}
