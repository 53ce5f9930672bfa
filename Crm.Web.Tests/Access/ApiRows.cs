using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using static Crm.Web.Tests.Access.Who;

namespace Crm.Web.Tests.Access;

/// <summary>What a program may ask for, and who may.</summary>
/// <param name="Route">As it is mapped.</param>
/// <param name="Body">Something plausible to send; what it does for those who may is told by tests of its own.</param>
sealed record ApiRow(string Method, string Route, Who Who, object? Body = null)
{
    public override string ToString() => $"{Method} {Route}";
}

/// <summary>The matrix of the API: a new endpoint of any room needs a row for each of its methods.</summary>
static class ApiRows
{
    private static readonly object NoToken = new { token = "words", refresh = "words" };
    private static readonly object Nobody = new { username = "nobody", email = "nobody@mail.example", password = "Not-this-one-7" };
    private static readonly object NewPassword = new { old_password = "Not-this-one-7", new_password = "Cassava & 2 limes", new_password_confirm = "Cassava & 2 limes", token = "words" };
    private static readonly object Name = new { first_name = "Words", last_name = "Words" };
    private static readonly object User = new { username = "words-of-the-matrix", role = "admin", first_name = "Words", is_active = false };
    private static readonly object Lead = new { name = "Words of the matrix", email = "words@mail.example" };
    private static readonly object Part = new { title = "Words", content = "Words", subject = "Words", notes = "Words" };

    public static readonly ApiRow[] All =
    [
        // what there is, and whether it lives
        new("GET", "/healthz/", Anybody),
        new("GET", "/ready/", Anybody),
        new("GET", "/startup/", Anybody),
        new("GET", "/api/", Anybody),
        new("GET", "/api/v1/", Anybody),
        new("GET", "/api/schema/", Anybody),
        new("GET", "/api/customers/health/", Anybody),

        // the web form
        new("POST", "/api/v1/enquiries/", Anybody, new { name = "Words", email = "words@mail.example", consent = true }),

        // coming in: a password or the token in the body is the proof
        new("POST", "/api/token/", Anybody, Nobody),
        new("POST", "/api/token/refresh/", Anybody, NoToken),
        new("POST", "/api/auth/register/", Anybody, Name),
        new("POST", "/api/auth/login/", Anybody, Nobody),
        new("POST", "/api/auth/token/refresh/", Anybody, NoToken),
        new("POST", "/api/customers/register/", Anybody, Name),
        new("POST", "/api/customers/login/", Anybody, Nobody),
        new("POST", "/api/customers/token/refresh/", Anybody, NoToken),
        new("POST", "/api/customers/verify-email/", Anybody, NoToken),
        new("POST", "/api/v1/auth/register/", Anybody, Name),
        new("POST", "/api/v1/auth/login/", Anybody, Nobody),
        new("POST", "/api/v1/auth/refresh/", Anybody, NoToken),
        new("GET", "/api/v1/auth/verify-email/{token}/", Anybody),
        new("POST", "/api/v1/auth/password/reset/", Anybody, Nobody),
        new("POST", "/api/v1/auth/password/reset/confirm/", Anybody, NewPassword),

        // one's own account
        new("GET", "/api/auth/me/", SignedIn),
        new("PUT", "/api/auth/me/", SignedIn, Name),
        new("PATCH", "/api/auth/me/", SignedIn, Name),
        new("GET", "/api/v1/auth/me/", SignedIn),
        new("PUT", "/api/v1/auth/me/", SignedIn, Name),
        new("PATCH", "/api/v1/auth/me/", SignedIn, Name),
        new("POST", "/api/customers/change-password/", SignedIn, NewPassword),
        new("POST", "/api/v1/auth/password/change/", SignedIn, NewPassword),
        new("POST", "/api/v1/auth/logout/", SignedIn),

        // a customer's own record
        new("GET", "/api/customers/profile/", Customers),
        new("PUT", "/api/customers/profile/", Customers, Name),
        new("PATCH", "/api/customers/profile/", Customers, Name),
        new("GET", "/api/customers/dashboard/", Customers),

        // every account
        new("GET", "/api/users/", TheOwner),
        new("POST", "/api/users/", TheOwner, User),
        new("GET", "/api/users/{id}/", TheOwner),
        new("PUT", "/api/users/{id}/", TheOwner, User),
        new("PATCH", "/api/users/{id}/", TheOwner, User),
        new("DELETE", "/api/users/{id}/", TheOwner),

        // leads and what belongs to them
        new("GET", "/api/leads/", Staff),
        new("POST", "/api/leads/", Staff, Lead),
        new("GET", "/api/leads/my_leads/", Staff),
        new("GET", "/api/leads/export/csv/", May(Permission.Export)),
        new("GET", "/api/leads/{id}/", Staff),
        new("PUT", "/api/leads/{id}/", Staff, Lead),
        new("PATCH", "/api/leads/{id}/", Staff, Lead),
        new("DELETE", "/api/leads/{id}/", May(Permission.DeleteLeads)),
        new("GET", "/api/leads/{id}/audit_log/", May(Permission.SeeAuditLog)),
        .. OfParts("/api/contacts/", May(Permission.DeleteLeads)),
        new("GET", "/api/contacts/{id}/correspondences/", Staff),
        new("GET", "/api/contacts/{id}/audit_log/", May(Permission.SeeAuditLog)),
        .. OfParts("/api/notes/", Staff),
        .. OfParts("/api/reminders/", Staff),
        new("GET", "/api/reminders/my_reminders/", Staff),
        new("GET", "/api/reminders/overdue/", Staff),
        .. OfParts("/api/correspondences/", Staff),
        .. OfParts("/api/opportunities/", Staff),
        new("GET", "/api/audit-logs/", May(Permission.SeeAuditLog)),
        new("GET", "/api/audit-logs/{id}/", May(Permission.SeeAuditLog)),
        new("GET", "/api/auditlogs/", May(Permission.SeeAuditLog)),
        new("GET", "/api/auditlogs/{id}/", May(Permission.SeeAuditLog)),
        new("GET", "/api/dashboard/stats/", Staff),
        new("GET", "/api/dashboard-stats/", Staff),

        // what was said with customers: they read their own
        new("GET", "/api/interactions/", CustomersAndStaff),
        new("POST", "/api/interactions/", May(Permission.EditCustomers), Part),
        new("GET", "/api/interactions/{id}/", CustomersAndStaff),
        new("PUT", "/api/interactions/{id}/", May(Permission.EditCustomers), Part),
        new("PATCH", "/api/interactions/{id}/", May(Permission.EditCustomers), Part),
        new("DELETE", "/api/interactions/{id}/", May(Permission.EditCustomers)),
    ];

    private static ApiRow[] OfParts(string route, Who deletes) =>
    [
        new("GET", route, Staff), new("POST", route, Staff, Part), new("GET", $"{route}{{id}}/", Staff), new("PUT", $"{route}{{id}}/", Staff, Part), new("PATCH", $"{route}{{id}}/", Staff, Part),
        new("DELETE", $"{route}{{id}}/", deletes),
    ];

    /// <summary>Its row stands here, not among those of pages.</summary>
    public static bool IsForPrograms(RouteEndpoint endpoint) => ApiPaths.IsDescribed(endpoint.RoutePattern.RawText!.TrimStart('/'));
}
