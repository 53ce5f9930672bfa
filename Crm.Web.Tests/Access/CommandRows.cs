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
    public static readonly CommandRow[] All =
    [
        // Accounts
        new("AccountLinkRequests.AskAsync", Anybody),
        new("ApiSessions.RefreshAsync", Anybody),
        new("ApiSignIn.SignInAsync", Anybody),
        new("DeletionRequests.AskAsync", SignedIn),
        new("DeletionRequests.TakeBackAsync", SignedIn),
        new("EmailChange.AskAsync", SignedIn),
        new("EmailChange.ConfirmAsync", Anybody),
        new("EmailChange.LookAsync", Anybody),
        new("EmailChange.ReadAsync", SignedIn),
        new("EmailVerification.AskAsync", Anybody),
        new("EmailVerification.ConfirmAsync", Anybody),
        new("EmailVerification.LookAsync", Anybody),
        new("EmailVerification.SendAgainAsync", SignedIn),
        new("EmailVerification.VerifyAsync", Anybody),
        new("OwnAccount.OpenAsync", SignedIn),
        new("PasskeyService.AddAsync", SignedIn),
        new("PasskeyService.ListAsync", SignedIn),
        new("PasskeyService.QuestionAsync", SignedIn),
        new("PasskeyService.RemoveAsync", SignedIn),
        new("PasskeyService.RenameAsync", SignedIn),
        new("PasswordChange.ChangeAsync", SignedIn),
        new("ClockChoice.ReadAsync", Staff),
        new("ClockChoice.SaveAsync", Staff),
        new("PasswordReset.AskAsync", Anybody),
        new("PasswordReset.LookAsync", Anybody),
        new("PasswordReset.ResetAsync", Anybody),
        new("RegistrationService.RegisterAsync", Anybody),
        new("RightsService.ListAsync", May(ManageStaff)),
        new("RightsService.ResetAsync", May(ManageStaff)),
        new("RightsService.SetAsync", May(ManageStaff)),
        new("SecondFactorService.NewCodesAsync", SignedIn),
        new("SecondFactorService.PrepareAsync", SignedIn),
        new("SecondFactorService.StateAsync", SignedIn),
        new("SecondFactorService.TurnOffAsync", SignedIn),
        new("SecondFactorService.TurnOnAsync", SignedIn),
        new("SessionService.EndAsync", SignedIn),
        new("SessionService.EndOthersAsync", SignedIn),
        new("SessionService.ListAsync", SignedIn),
        new("ShopperQueries.OwnAsync", Customers),
        new("SignInService.FinishAsync", Anybody, "the first step is in a browser's cookie: TwoStepTests"),
        new("SignInService.ProveAsync", Anybody),
        new("SignInService.SignInAsync", Anybody),
        new("SignInService.SignInByPasskeyAsync", Anybody, "the question is in a browser's cookie: PasskeyServiceTests"),
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
        new("StoreAccount.OpenAsync", SignedIn),
        new("StoreAccount.SaveAsync", SignedIn),
        new("UserService.AddAsync", TheOwner),
        new("UserService.ChangeAsync", TheOwner),
        new("UserService.FindAsync", TheOwner),
        new("UserService.ListAsync", TheOwner),
        new("UserService.RemoveAsync", TheOwner),

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
        new("InteractionQueries.FindAsync", CustomerAAndStaff),
        new("InteractionQueries.ListAsync", CustomersAndStaff),
        new("InteractionService.AddAsync", May(EditCustomers)),
        new("InteractionService.ChangeAsync", May(EditCustomers)),
        new("InteractionService.RemoveAsync", May(EditCustomers)),
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

        // Notices
        new("NoticeQueries.NewestAsync", Staff),
        new("NoticeQueries.UnreadAsync", Staff),
        new("NoticeService.MarkAllReadAsync", Staff),
        new("NoticeService.MarkReadAsync", Staff),
        .. LeadCommandRows.All,

        // Settings
        new("EnquiryService.SendAsync", Anybody),
        new("FindQueries.FindAsync", Staff),
        new("FindQueries.KnownAsync", Staff),
        new("PipelineService.ReadAsync", May(ManageSettings)),
        new("PipelineService.SaveAsync", May(ManageSettings)),
    ];
}
