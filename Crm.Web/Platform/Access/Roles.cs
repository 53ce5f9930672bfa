namespace Crm.Web.Platform.Access;

/// <summary>The four roles of the shop, as they are stored and stand in a signed-in person's claims.</summary>
public static class Roles
{
    /// <summary>Runs the shop; the only one who manages people, settings and backups.</summary>
    public const string Owner = "Owner";

    /// <summary>Has every customer-relations feature, but no users, roles or settings.</summary>
    public const string Manager = "Manager";

    /// <summary>Works leads and reminders; deletes nothing and reads no audit log.</summary>
    public const string Agent = "Agent";

    /// <summary>Reaches only what is theirs.</summary>
    public const string Customer = "Customer";

    /// <summary>Everyone, most powerful first.</summary>
    public static readonly IReadOnlyList<string> All = [Owner, Manager, Agent, Customer];
}
