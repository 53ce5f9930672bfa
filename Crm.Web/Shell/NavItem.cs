using Crm.Web.Platform.Access;
using Crm.Web.Shell.Bell;

namespace Crm.Web.Shell;

/// <summary>One line of the navigation, shown to those whom <paramref name="Policy"/> lets in.</summary>
/// <param name="Href">Where it leads; also lit on every address below it, except for a portal's home.</param>
/// <param name="Label">Its word; there are no icons without words.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Policy">Who sees it; the page itself states the same.</param>
/// <param name="Counts">What is counted beside its word.</param>
public sealed record NavItem(string Href, string Label, string Icon, string Policy, InboxCounts? Counts = null)
{
    /// <summary>Staff: the sidebar. The first three stand in the phone's bottom bar, the rest under "More".</summary>
    public static readonly IReadOnlyList<NavItem> Staff =
    [
        new("/today", "Today", "home", Policies.Staff),
        new("/leads", "Leads", "board", Policies.Staff),
        new("/customers", "Customers", "users", nameof(Permission.SeeCustomers)),
        new("/opportunities", "Opportunities", "tag", Policies.Staff),
        new("/reminders", "Reminders", "clock", Policies.Staff, InboxCounts.Overdue),
        new("/calendar", "Calendar", "cal", Policies.Staff),
        new("/reports", "Reports", "chart", nameof(Permission.SeeTrade)),
        new("/import", "Import", "upload", nameof(Permission.ImportData)),
        new("/staff", "Staff", "user", nameof(Permission.ManageStaff)),
        new("/rights", "Rights", "shield", nameof(Permission.ManageStaff)),
        new("/settings/pipeline", "Lead board", "cog", nameof(Permission.ManageSettings)),
        new("/jobs", "Behind the scenes", "bolt", Policies.Owner),
    ];

    /// <summary>Customers: the top line, and the bottom bar of a phone.</summary>
    public static readonly IReadOnlyList<NavItem> Portal =
    [
        new("/me", "Home", "home", Policies.Customer),
        new("/me/orders", "Orders", "bag", Policies.Customer),
        new("/me/points", "My points", "gift", Policies.Customer),
        new("/me/profile", "Me", "user", Policies.Customer),
    ];
}
