using static Crm.Web.Platform.Access.Permission;
using static Crm.Web.Tests.Access.Who;

namespace Crm.Web.Tests.Access;

/// <summary>A command and who may give it.</summary>
/// <param name="Name">Service and method.</param>
/// <param name="OnlyRefusals">Why those who may are not let through here: a test of its own does it.</param>
sealed record CommandRow(string Name, Who Who, string? OnlyRefusals = null);

/// <summary>
/// The matrix of service commands: a new public method of a service of any room needs a row, or its class one among the inner
/// services. Methods that are given the caller's context are inner by themselves.
/// </summary>
static class CommandRows
{
    /// <summary>Services that no page, endpoint or job gives a person's wish to; whoever calls them has asked for the right.</summary>
    public static readonly IReadOnlyDictionary<string, string> Inner = new Dictionary<string, string>
    {
        ["AccountStates"] = "tells sessions whether their account stands",
        ["AccountSweep"] = "a job's own work",
        ["DemoUsers"] = "makes the demo's accounts at the start",
        ["IEmailTransport"] = "sends what the outbox holds",
        ["ImportRuns"] = "keeps the book for the import, which asks",
        ["ImportUploads"] = "keeps the file for the import, which asks",
        ["ImportWorker"] = "runs what the import service took on",
        ["LeadForms"] = "turns leads into forms; reads nothing",
        ["LoyaltyLedger"] = "works in the transaction of orders",
        ["MailFolder"] = "the mails of a developer; not there in Production",
        ["MailTemplates"] = "words",
        ["MailValues"] = "words",
        ["OwnerSetup"] = "the command line alone, for whoever reaches the shop's data",
        ["PasswordCheck"] = "asked by sign-in and by changes of a password",
        ["PasswordHasher"] = "arithmetic",
        ["RoleSetup"] = "the roles at the start",
        ["SessionCookieEvents"] = "checks each request's cookie",
        ["SessionKeeper"] = "asked after a proof",
        ["Shop"] = "name, money and clock: everybody may ask the shop",
        ["ShopPaper"] = "the look of a PDF",
        ["SmtpTransport"] = "sends what the outbox holds",
        ["CustomerQueries.HelpAsync"] = "gives what TotalsAsync gives",
        ["DeletionRequests.AskedAtAsync"] = "one's own account or nothing",
        ["LeadContacts.Of"] = "turns a line into a form; reads nothing",
        ["ProfileService.Check"] = "says what is wrong with a form; reads nothing",
    };

    public static readonly CommandRow[] All =
    [
        // Accounts
        new("AccountLinkRequests.AskAsync", Anybody),
        new("DeletionRequests.AskAsync", SignedIn),
        new("DeletionRequests.TakeBackAsync", SignedIn),
        new("EmailChange.AskAsync", SignedIn),
        new("EmailChange.ConfirmAsync", Anybody),
        new("EmailChange.LookAsync", Anybody),
        new("EmailChange.ReadAsync", SignedIn),
        new("EmailVerification.AskAsync", Anybody),
        new("EmailVerification.LookAsync", Anybody),
        new("EmailVerification.SendAgainAsync", SignedIn),
        new("EmailVerification.VerifyAsync", Anybody),
        new("PasswordChange.ChangeAsync", SignedIn),
        new("PasswordReset.AskAsync", Anybody),
        new("PasswordReset.LookAsync", Anybody),
        new("PasswordReset.ResetAsync", Anybody),
        new("RegistrationService.RegisterAsync", Anybody),
        new("RightsService.ListAsync", May(ManageStaff)),
        new("RightsService.ResetAsync", May(ManageStaff)),
        new("RightsService.SetAsync", May(ManageStaff)),
        new("SignInService.ProveAsync", Anybody),
        new("SignInService.SignInAsync", Anybody),
        new("StaffInvitations.AcceptAsync", Anybody),
        new("StaffInvitations.InviteAgainAsync", May(ManageStaff)),
        new("StaffInvitations.InviteAsync", May(ManageStaff)),
        new("StaffInvitations.LookAsync", Anybody),
        new("StaffInvitations.WithdrawAsync", May(ManageStaff)),
        new("StaffQueries.GetAsync", May(ManageStaff)),
        new("StaffQueries.ListAsync", May(ManageStaff)),
        new("StaffService.ActivateAsync", May(ManageStaff)),
        new("StaffService.DeactivateAsync", May(ManageStaff)),
        new("StaffService.ResetSecondFactorAsync", May(ManageStaff)),
        new("StaffService.SetRoleAsync", May(ManageStaff)),
        new("StaffService.SignOutEverywhereAsync", May(ManageStaff)),
        new("StaffService.UpdateAsync", May(ManageStaff)),

        // Customers
        new("CustomerExport.Open", May(SeeCustomers, Export)),
        new("CustomerQueries.ChoicesAsync", May(SeeCustomers)),
        new("CustomerQueries.PageAsync", May(SeeCustomers)),
        new("CustomerQueries.TotalsAsync", May(SeeCustomers)),
        new("CustomerService.AddAsync", May(EditCustomers)),
        new("CustomerService.OpenAsync", May(EditCustomers)),
        new("CustomerService.SaveAsync", May(EditCustomers)),
        new("CustomerService.SetActiveAsync", May(RetireCustomers)),
        new("CustomerStatement.OfAsync", CustomerAAndStaff),
        new("HistoryQueries.OrderAsync", May(SeeCustomers)),
        new("HistoryQueries.OrdersAsync", May(SeeCustomers)),
        new("HistoryQueries.PointsAsync", May(SeeCustomers)),
        new("NoteService.AddAsync", May(EditCustomers)),
        new("NoteService.EditAsync", May(EditCustomers)),
        new("NoteService.ListAsync", May(SeeCustomers)),
        new("NoteService.PinAsync", May(EditCustomers)),
        new("ProfileQueries.ReadAsync", May(SeeCustomers)),
        new("StatementQueries.ReadAsync", CustomerAAndStaff),
        new("TimelineQueries.ReadAsync", May(SeeCustomers)),

        // A customer's own pages
        new("FavouriteService.AddAsync", Customers),
        new("FavouriteService.FindAsync", Customers),
        new("FavouriteService.RemoveAsync", Customers),
        new("LoyaltyQueries.BalanceAsync", Customers),
        new("LoyaltyQueries.LedgerAsync", Customers),
        new("NotificationService.SetAsync", Customers),
        new("OrderQueries.OwnAsync", CustomerA),
        new("OrderQueries.OwnPageAsync", Customers),
        new("PortalQueries.HomeAsync", Customers),
        new("ProfileService.OpenAsync", Customers),
        new("ProfileService.SaveAsync", Customers),

        // Import
        new("ImportService.ListAsync", May(ImportData)),
        new("ImportService.RefusedLinesAsync", May(ImportData)),
        new("ImportService.StartAsync", May(ImportData), "it begins to read the file in: ImportServiceTests"),
        new("ImportService.StopAsync", May(ImportData)),
        new("OnlineRetailImport.RunAsync", May(ImportData), "it reads a file in: OnlineRetailRunTests"),

        // Behind the scenes
        new("JobBoard.ListAsync", TheOwner, "it needs the scheduler: JobSchedulerTests"),
        new("JobBoard.RunNowAsync", TheOwner, "it needs the scheduler: JobSchedulerTests"),
        new("OutboxBoard.TryAgainAsync", TheOwner, "it needs a letter that was given up: OutboxBoardTests"),
        new("OutboxBoard.TryAllAgainAsync", TheOwner),
        new("OutboxBoard.ViewAsync", TheOwner),

        // Insights
        new("Dashboard.DeskAsync", Staff),
        new("Dashboard.TradeAsync", May(SeeTrade)),
        new("DeskQueries.CountsAsync", Staff),
        new("DeskQueries.FunnelAsync", Staff),
        new("DeskQueries.LowStockAsync", Staff),
        new("DeskQueries.PrioritiesAsync", Staff),
        new("DeskQueries.RecentAsync", Staff),
        new("DeskQueries.RemindersAsync", Staff),
        new("FiguresReport.OfAsync", May(SeeTrade)),
        new("SalesReport.OfAsync", May(SeeTrade)),
        new("TradeQueries.AnyAsync", May(SeeTrade)),
        new("TradeQueries.CohortsAsync", May(SeeTrade)),
        new("TradeQueries.DaysAsync", May(SeeTrade)),
        new("TradeQueries.LastDayAsync", May(SeeTrade)),
        new("TradeQueries.MonthsAsync", May(SeeTrade)),
        new("TradeQueries.TopCountriesAsync", May(SeeTrade)),
        new("TradeQueries.TopCustomersAsync", May(SeeTrade)),
        new("TradeQueries.TopProductsAsync", May(SeeTrade)),
        new("TradeQueries.TotalsAsync", May(SeeTrade)),

        // Leads: here of a colleague's, which everybody sees as the shop comes; LeadSightTests proves the rest
        new("LeadBoardQueries.CardsAsync", Staff),
        new("LeadBoardQueries.LaneAsync", Staff),
        new("LeadBoardQueries.SourcesAsync", Staff),
        new("LeadBoardQueries.TabsAsync", Staff),
        new("LeadBoardQueries.TotalsAsync", Staff),
        new("LeadContacts.AddAsync", May(SeeAllLeads)),
        new("LeadContacts.EditAsync", May(SeeAllLeads)),
        new("LeadContacts.RemoveAsync", May(SeeAllLeads, DeleteLeads)),
        new("LeadConversion.CandidatesAsync", May(EditCustomers)),
        new("LeadConversion.ConvertAsync", May(SeeAllLeads, EditCustomers)),
        new("LeadExport.Rows", May(Export)),
        new("LeadMoves.LoseAsync", May(SeeAllLeads)),
        new("LeadMoves.MoveAsync", May(SeeAllLeads)),
        new("LeadNextSteps.FinishAsync", May(SeeAllLeads)),
        new("LeadNextSteps.PostponeAsync", May(SeeAllLeads)),
        new("LeadNotes.AddAsync", May(SeeAllLeads)),
        new("LeadQueries.AgentsAsync", Staff),
        new("LeadQueries.FindAsync", May(SeeAllLeads)),
        new("LeadQueries.LastChangeAsync", May(SeeAllLeads)),
        new("LeadReminders.AddAsync", May(SeeAllLeads)),
        new("LeadReminders.FinishAsync", May(SeeAllLeads)),
        new("LeadReminders.ReopenAsync", May(SeeAllLeads)),
        new("LeadService.CreateAsync", Staff),
        new("LeadService.DeleteAsync", May(SeeAllLeads, DeleteLeads)),
        new("LeadService.EditAsync", May(SeeAllLeads)),
        new("LeadTalks.LogAsync", May(SeeAllLeads)),
        new("LeadTimeline.ReadAsync", May(SeeAllLeads)),
    ];
}
