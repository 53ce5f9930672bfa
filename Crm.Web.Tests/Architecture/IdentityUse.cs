using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 4: only Accounts knows <c>UserManager</c> and <c>SignInManager</c>.</summary>
public static class IdentityUse
{
    private static readonly HashSet<string> Keys = ["Microsoft.AspNetCore.Identity.UserManager`1", "Microsoft.AspNetCore.Identity.SignInManager`1"];

    /// <summary>By what the compiled code names.</summary>
    public static IEnumerable<string> Violations(IEnumerable<CodeType> web) =>
        from type in web
        where Rooms.Of(type.Name) != "Accounts"
        from used in type.Uses
        where Keys.Contains(used)
        select $"{type.Name} uses {used[(used.LastIndexOf('.') + 1)..^2]}; ask a service of Accounts.";
}
