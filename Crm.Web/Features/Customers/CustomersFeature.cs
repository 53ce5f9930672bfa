using Crm.Web.Features.Customers.Interactions;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Customers.Notes;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Customers.Statement;
using Crm.Web.Features.Customers.Undo;
using Crm.Web.Platform.Undo;

namespace Crm.Web.Features.Customers;

/// <summary>Registers the customers' room.</summary>
public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddScoped<CustomerIntake>()
        .AddScoped<CustomerAccounts>()
        .AddScoped<CustomerService>()
        .AddScoped<CustomerQueries>()
        .AddScoped<CustomerExport>()
        .AddScoped<ProfileQueries>()
        .AddScoped<HistoryQueries>()
        .AddScoped<TimelineQueries>()
        .AddScoped<NoteService>()
        .AddScoped<InteractionService>().AddScoped<InteractionQueries>()
        .AddScoped<StatementQueries>()
        .AddScoped<CustomerStatement>()
        .AddScoped<IUndoRule, CustomerUndo>();
}
