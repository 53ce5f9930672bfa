namespace Crm.Web.Platform.Access;

/// <summary>What a permission means, whom it comes with, and for whom it is fixed.</summary>
/// <param name="Group">The heading that it stands under.</param>
/// <param name="Name">In a few words.</param>
/// <param name="Sentence">What somebody may do with it, and what they lack without it.</param>
/// <param name="ComesWith">The roles that have it in a new shop, beside the owner, who has all.</param>
/// <param name="Fixed">Why a role keeps what it comes with, by role; the owner's reason is <see cref="OwnerHasAll"/>.</param>
/// <param name="Needs">Is worth nothing without this other one.</param>
public sealed record PermissionFacts(
    Permission Permission, string Group, string Name, string Sentence, string[] ComesWith, IReadOnlyDictionary<string, string> Fixed, Permission? Needs = null)
{
    public const string OwnerHasAll = "The owner may do everything.";

    private const string Leads = "Leads";
    private const string Customers = "Customers";
    private const string Trade = "Figures and files";
    private const string Shop = "The shop";
    private const string NeverAgents = "Agents never delete; a manager does.";
    private const string OwnersAlone = "This stays with the owner.";

    private static readonly Dictionary<string, string> Free = [];
    private static readonly string[] Managers = [Roles.Manager];
    private static readonly string[] Everybody = [Roles.Manager, Roles.Agent];

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<PermissionFacts> All { get; } =
    [
        new(Permission.SeeAllLeads, Leads, "See every lead",
            "Without it, somebody sees only the leads that are their own or nobody's yet, on every screen and in every file.", Everybody, Free),
        new(Permission.DeleteLeads, Leads, "Delete leads and contacts",
            "It can be taken back for 30 days; the audit log keeps what they were.", Managers, For(NeverAgents, Roles.Agent)),
        new(Permission.SeeCustomers, Customers, "See customers",
            "The list, each customer's page, and statements as PDF.", Everybody, Free),
        new(Permission.EditCustomers, Customers, "Add and edit customers",
            "Their records and notes about them; a lead becomes a customer only with it.", Everybody, Free, Permission.SeeCustomers),
        new(Permission.RetireCustomers, Customers, "Make customers inactive",
            "They leave the daily lists, and can be brought back.", Managers, For(NeverAgents, Roles.Agent), Permission.SeeCustomers),
        new(Permission.SeeTrade, Trade, "See the shop's figures",
            "Revenue on the first page, and the reports.", Managers, Free),
        new(Permission.Export, Trade, "Download lists",
            "Leads and customers as files that leave the shop.", Everybody, Free),
        new(Permission.ImportData, Shop, "Read files in",
            "An import changes thousands of records at once.", [], For("Agents read no files in.", Roles.Agent)),
        new(Permission.SeeAuditLog, Shop, "Read the audit log",
            "Who changed what, and when.", Managers, new Dictionary<string, string>
            {
                [Roles.Manager] = "Managers always read it.",
                [Roles.Agent] = "Agents never read it.",
            }),
        new(Permission.ManageSettings, Shop, "Change the shop's settings",
            "Name, currency, points and the like.", [], For(OwnersAlone, Roles.Manager, Roles.Agent)),
        new(Permission.ManageStaff, Shop, "Staff and rights",
            "Who works here, and what each role may do.", [], For(OwnersAlone, Roles.Manager, Roles.Agent)),
    ];

    private static readonly Dictionary<Permission, PermissionFacts> ByPermission = All.ToDictionary(f => f.Permission);

    public static PermissionFacts Of(Permission permission) => ByPermission[permission];

    /// <summary>What a role has while the owner has not said otherwise.</summary>
    public bool Default(string role) => role == Roles.Owner || ComesWith.Contains(role);

    /// <summary>Why nobody can change this for a role, or null when the owner can.</summary>
    public string? WhyFixed(string role) => role == Roles.Owner ? OwnerHasAll : Fixed.GetValueOrDefault(role);

    private static Dictionary<string, string> For(string why, params string[] roles) => roles.ToDictionary(role => role, _ => why);
}
