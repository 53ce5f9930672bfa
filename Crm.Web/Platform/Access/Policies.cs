namespace Crm.Web.Platform.Access;

/// <summary>Who may use a page or an endpoint; services ask <see cref="CurrentActor"/> again on every command.</summary>
public static class Policies
{
    /// <summary>The owner alone: users, roles, settings, backups, imports.</summary>
    public const string Owner = "Owner";

    /// <summary>Owner and managers: everything of the shop, and deleting.</summary>
    public const string Management = "Management";

    /// <summary>Everybody who works here.</summary>
    public const string Staff = "Staff";

    /// <summary>A customer with an account, for what is theirs.</summary>
    public const string Customer = "Customer";

    public static IServiceCollection AddAccessPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(Owner, p => p.RequireRole(Roles.Owner))
            .AddPolicy(Management, p => p.RequireRole(Roles.Management))
            .AddPolicy(Staff, p => p.RequireRole(Roles.Staff))
            .AddPolicy(Customer, p => p.RequireRole(Roles.Customer));
        return services;
    }
}
