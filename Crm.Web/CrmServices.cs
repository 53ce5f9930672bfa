using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Exchange;
using Crm.Web.Features.Insights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Loyalty;
using Crm.Web.Features.Messaging;
using Crm.Web.Features.Orders;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Storage;
using Crm.Web.Platform.Undo;
using Crm.Web.Platform.Web;
using Crm.Web.Shell;
using Microsoft.Extensions.Options;

namespace Crm.Web;

/// <summary>Every room of the house: what it registers, what must stand before it opens, what it maps.</summary>
public static class CrmServices
{
    public static IServiceCollection AddCrm(this IServiceCollection services) => services
        .AddStorage()
        .AddDatabase()
        .AddLive()
        .AddOutbox()
        .AddUndo()
        .AddBulk()
        .AddFiles()
        .AddJobs()
        .AddRateCounterSweep()
        .AddAccountSweep()
        .AddAccess()
        .AddLimits()
        .AddMessaging()
        .AddApi()
        .AddEdge()
        .AddAccounts()
        .AddSettings()
        .AddCustomers()
        .AddLeads()
        .AddLoyalty()
        .AddOrders()
        .AddExchange()
        .AddPortal()
        .AddInsights()
        .AddShell();

    /// <summary>What every request passes, in order, and what answers it.</summary>
    public static void MapCrm(this WebApplication app)
    {
        app.UseEdge();
        app.UseShell();
        app.UseApiAnswers();
        app.UseApiDocs();
        app.UseWhen(context => ApiPaths.IsApi(context.Request), api => api.UseCors());
        app.UseAuthentication();
        app.UseApiLimits();
        app.UseAuthorization();
        app.UseCurrentActor();
        app.UseFormProtection();
        app.MapApiDescription();
        app.MapAccounts();
        app.MapExchange();
        app.MapInsights();
        app.MapLeads();
        app.MapFiles();
        app.MapMessaging();
        app.MapCustomers();
        app.MapShell();
    }

    /// <summary>Makes the folder, brings the schema up to date and reads what every page needs.</summary>
    public static async Task PrepareCrmAsync(this IServiceProvider services, CancellationToken ct)
    {
        services.PrepareStorage();
        await services.GetRequiredService<CrmDatabase>().MigrateAsync(ct);
        await services.GetRequiredService<StoredKeys>().PrepareAsync(ct);
        await services.GetRequiredService<Shop>().LoadAsync(ct);
        await services.GetRequiredService<Zones>().LoadAsync(ct);
        await services.PrepareAccountsAsync(ct);
        await services.PrepareLeadsAsync(ct);
    }

    /// <summary>What only an open shop needs, no command: the demo's people and trade, where they are wanted.</summary>
    public static async Task OpenCrmAsync(this IServiceProvider services, CancellationToken ct)
    {
        await services.OpenAccountsAsync(ct);
        services.OpenMessaging();
        services.OpenDatabase();
        if (services.GetRequiredService<IOptions<DemoOptions>>().Value.WantedIn(services.GetRequiredService<IHostEnvironment>()))
            await DemoSeed.RunAsync(services.GetRequiredService<CrmDatabase>(), ct);
    }
}
