namespace Crm.Web.Platform.Access;

/// <summary>
/// What the owner may give to a role or take from it. Each name is also the policy of the pages and endpoints that need it; it is
/// stored by its name, so never rename one without a migration.
/// </summary>
public enum Permission
{
    SeeAllLeads,
    DeleteLeads,
    SeeCustomers,
    EditCustomers,
    RetireCustomers,
    SeeTrade,
    Export,
    ImportData,
    SeeAuditLog,
    ManageSettings,
    ManageStaff,
}
