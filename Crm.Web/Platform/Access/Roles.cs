namespace Crm.Web.Platform.Access;

/// <summary>The four roles.</summary>
public static class Roles
{
    public const string Owner = "Owner";
    public const string Manager = "Manager";
    public const string Agent = "Agent";
    public const string Customer = "Customer";

    public static readonly string[] All = [Owner, Manager, Agent, Customer];
    public static readonly string[] Staff = [Owner, Manager, Agent];
    public static readonly string[] Management = [Owner, Manager];
}
