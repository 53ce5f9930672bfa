namespace Crm.Web.Platform.Access;

<<<<<<< HEAD
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
=======
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
>>>>>>> shell
        return services;
    }
}
