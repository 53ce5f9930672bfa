using Crm.Web.Platform.Access;

namespace Crm.Web.Platform.Api;

/// <summary>The roles by the names that the API's clients know.</summary>
static class ApiRoles
{
    private static readonly (string Api, string Role)[] Names =
    [
        ("admin", Roles.Owner), ("manager", Roles.Manager), ("agent", Roles.Agent), ("sales", Roles.Agent), ("customer", Roles.Customer),
    ];

    /// <summary>The name of the highest role of an account; empty without any.</summary>
    /// <param name="agent">What an agent is called: some clients know the role as "sales".</param>
    public static string NameOf(IEnumerable<string> roles, string agent = "agent")
    {
        var highest = Roles.All.FirstOrDefault(roles.Contains);
        return highest is null ? "" : highest == Roles.Agent ? agent : Names.First(n => n.Role == highest).Api;
    }

    /// <summary>The role of a name, or null for a name that nobody knows.</summary>
    public static string? RoleOf(string name) => Names.FirstOrDefault(n => n.Api == name).Role;
}
