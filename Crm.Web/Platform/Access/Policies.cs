using Microsoft.AspNetCore.Authorization;

namespace Crm.Web.Platform.Access;

/// <summary>Who may use a page or an endpoint; services ask <see cref="CurrentActor"/> again on every command. Where a permission is meant, the
/// policy bears its name: <c>[Authorize(Policy = nameof(Permission.SeeTrade))]</c>.</summary>
public static class Policies
{
    /// <summary>The owner alone: users, roles, settings, backups, imports.</summary>
    public const string Owner = "Owner";

    /// <summary>Owner and managers: everything of the shop, and deleting.</summary>
    public const string Management = "Management";

    /// <summary>Everybody who works here.</summary>
    public const string Staff = "Staff";

    /// <summary>Whoever has signed in, for what is only about their own account.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>A customer with an account, for what is theirs.</summary>
    public const string Customer = "Customer";

    public static IServiceCollection AddAccessPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(Owner, p => p.RequireRole(Roles.Owner))
            .AddPolicy(Management, p => p.RequireRole(Roles.Management))
            .AddPolicy(Staff, p => p.RequireRole(Roles.Staff))
            .AddPolicy(SignedIn, p => p.RequireAuthenticatedUser())
            .AddPolicy(Customer, p => p.RequireRole(Roles.Customer));
        foreach (var permission in Enum.GetValues<Permission>())
            policies.AddPolicy(permission.ToString(), p => p.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
        return services;
    }
}
