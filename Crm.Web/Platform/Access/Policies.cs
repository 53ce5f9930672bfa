namespace Crm.Web.Platform.Access;

/// <summary>Who may use a page, an endpoint or a command, by name.</summary>
public static class Policies
{
    /// <summary>Owner only: people, settings, imports, backups.</summary>
    public const string Owner = "owner";

    /// <summary>Owner or Manager: reports, deletions, audit log.</summary>
    public const string Management = "management";

    /// <summary>Owner, Manager or Agent: the daily work with customers and leads.</summary>
    public const string Staff = "staff";

    /// <summary>Customers, for their own portal.</summary>
    public const string Customer = "customer";

    /// <summary>Defines the policies above; each needs a signed-in person with one of its roles.</summary>
    public static IServiceCollection AddAccessPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(Owner, policy => policy.RequireRole(Roles.Owner))
            .AddPolicy(Management, policy => policy.RequireRole(Roles.Owner, Roles.Manager))
            .AddPolicy(Staff, policy => policy.RequireRole(Roles.Owner, Roles.Manager, Roles.Agent))
            .AddPolicy(Customer, policy => policy.RequireRole(Roles.Customer));
        return services;
    }
}
