using static Crm.Web.Platform.Access.Permission;
using static Crm.Web.Tests.Access.Who;

namespace Crm.Web.Tests.Access;

/// <summary>A page or an endpoint and who may open it.</summary>
/// <param name="Route">As it is mapped.</param>
/// <param name="Shows">Words that only they read, where the page opens for others too and says that there is nothing of theirs.</param>
/// <param name="IsPost">Only posted to, by a form with its token: not opened here.</param>
sealed record RouteRow(string Route, Who Who, bool IsPost = false, string? Shows = null);

/// <summary>The matrix of addresses: a new page or endpoint of any room needs a row; what programs call has its own in <see cref="ApiRows"/>.</summary>
static class RouteRows
{
    public static readonly RouteRow[] All =
    [
        // everybody: the start, signing in and what the links in mails lead to, and what goes wrong
        new("/", Anybody),
        new("/alive", Anybody),
        new("/theme", Anybody, IsPost: true),
        new("/error", Anybody),
        new("/not-found", Anybody),
        new("/problem/{Code:int}", Anybody),
        new("/account/sign-in", Anybody),
        new("/account/sign-out", Anybody, IsPost: true),
        new("/account/sign-in/code", Anybody),
        new("/account/sign-in/passkey", Anybody, IsPost: true),
        new("/account/sign-in/passkey/question", Anybody, IsPost: true),
        new("/account/locked", Anybody),
        new("/account/refused", Anybody),
        new("/account/register", Anybody),
        new("/account/forgot", Anybody),
        new("/account/reset", Anybody),
        new("/account/verify", Anybody),
        new("/account/verify-again", Anybody),
        new("/account/email/confirm", Anybody),
        new("/account/invitation", Anybody),
        new("/enquiry", Anybody),

        // calendar programs, which have a secret instead of a session
        new("/calendar/feed/{secret}.ics", Anybody),

        // one's own account
        new("/account", SignedIn),
        new("/account/sessions", SignedIn),
        new("/account/sessions/end", SignedIn, IsPost: true),
        new("/account/sessions/end-others", SignedIn, IsPost: true),
        new("/account/two-step", SignedIn),
        new("/account/passkeys", SignedIn),
        new("/account/passkeys/question", SignedIn, IsPost: true),
        new("/account/passkeys/{Id}", CustomerA, Shows: "Phone of Otieno"),
        new("/account/password", SignedIn),
        new("/account/email", SignedIn),
        new("/account/delete", SignedIn),
        new("/account/clock", Staff),

        // a customer's own pages: staff with an account may look in, and find no record of theirs
        new("/me", SignedIn),
        new("/me/orders", SignedIn),
        new("/me/orders/{OrderId:guid}", CustomerA, Shows: "Food of Otieno"),
        new("/me/points", SignedIn),
        new("/me/profile", SignedIn),

        // staff
        new("/today", Staff),
        new("/leads", Staff),
        new("/leads/new", Staff),
        new("/leads/{LeadId:guid}", Staff),
        new("/leads/list", Staff),
        new("/leads/share", Staff),
        new("/leads/import", May(ImportData)),
        new("/leads/import/{runId:guid}/left-out.csv", May(ImportData)),
        new("/changes", Staff),
        new("/leads/export.csv", May(Export)),
        new("/leads/export/picked", May(Export), IsPost: true),
        new("/files/{fileId:guid}", Staff),
        new("/reminders", Staff),
        new("/calendar", Staff),
        new("/opportunities", Staff),
        new("/opportunities/new", Staff),
        new("/opportunities/{DealId:guid}", Staff),
        new("/settings/stages", May(ManageSettings)),
        new("/customers", May(SeeCustomers)),
        new("/customers/{CustomerId:guid}", May(SeeCustomers)),
        new("/customers/export.csv", May(SeeCustomers, Export)),
        new("/customers/{customerId:guid}/statement.pdf", May(SeeCustomers)),
        new("/reports", May(SeeTrade)),
        new("/reports/sales.pdf", May(SeeTrade)),
        new("/import", May(ImportData)),
        new("/import/{runId:guid}/left-out.csv", May(ImportData)),
        new("/jobs", TheOwner),
        new("/staff", May(ManageStaff)),
        new("/settings/pipeline", May(ManageSettings)),
        new("/rights", May(ManageStaff)),

        // a developer's: nobody's in Production
        new("/dev/look", Nobody),
        new("/dev/look/account", Nobody),
        new("/dev/look/portal", Nobody),
        new("/dev/mail", Nobody),
    ];
}
