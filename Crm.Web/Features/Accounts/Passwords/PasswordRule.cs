using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>What a password must have: eight characters, with letters, digits and special characters among them.</summary>
public sealed class PasswordRule : IPasswordValidator<User>
{
    public const int Shortest = 8;

    /// <summary>Longer ones would only cost time to hash.</summary>
    public const int Longest = 200;

    /// <summary>What is missing, one sentence each; empty for a good one.</summary>
    public static IReadOnlyList<string> Complaints(string password)
    {
        var complaints = new List<string>();
        if (password.Length < Shortest) complaints.Add($"This password is too short. It must contain at least {Shortest} characters.");
        if (password.Length > Longest) complaints.Add($"This password is too long. It may contain at most {Longest} characters.");
        if (!password.Any(char.IsLetter)) complaints.Add("The password must contain at least 1 letter.");
        if (!password.Any(char.IsDigit)) complaints.Add("The password must contain at least 1 digit.");
        if (!password.Any(IsSpecial)) complaints.Add("The password must contain at least 1 special character.");
        return complaints;
    }

    /// <summary>The same rule where Identity asks for it.</summary>
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var errors = Complaints(password ?? "").Select(text => new IdentityError { Code = nameof(PasswordRule), Description = text }).ToArray();
        return Task.FromResult(errors.Length == 0 ? IdentityResult.Success : IdentityResult.Failed(errors));
    }

    private static bool IsSpecial(char ch) => !char.IsLetterOrDigit(ch) && !char.IsWhiteSpace(ch) && !char.IsControl(ch);
}
