using System.Text.RegularExpressions;

namespace Crm.Web.Features.Accounts.Users;

/// <summary>What a user name may be made of.</summary>
static partial class UserNames
{
    public const string Complaint = "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.";

    public static bool AreGood(string name) => Good().IsMatch(name);

    [GeneratedRegex(@"^[\w.@+-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Good();
}
