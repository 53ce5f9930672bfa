using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Leads.Api;
using Crm.Web.Features.Leads.Calendar;
using Crm.Web.Features.Leads.Day;
using Crm.Web.Features.Leads.Digest;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Leads.Panel;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Leads.Undo;
using Crm.Web.Features.Leads.WebForm;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Jobs;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads;

/// <summary>Registers the leads: board, list, panel, reminders, calendar, opportunities, and what they do.</summary>
public static class LeadsFeature
{
    public static IServiceCollection AddLeads(this IServiceCollection services)
    {
        services.AddSettings<WebFormOptions>("WebForm");
        return services
            .AddSingleton<LeadMemory>()
            .AddSingleton<LeadLive>()
            .AddScoped<LeadBoardQueries>()
            .AddScoped<LeadQueries>()
            .AddScoped<LeadTimeline>()
            .AddScoped<LeadChanges>()
            .AddScoped<LeadForms>()
            .AddScoped<LeadWork>()
            .AddScoped<LeadService>()
            .AddScoped<LeadMoves>()
            .AddScoped<LeadConversion>()
            .AddScoped<LeadContacts>()
            .AddScoped<LeadNotes>()
            .AddScoped<LeadReminders>()
            .AddScoped<LeadTalks>()
            .AddScoped<LeadNextSteps>()
            .AddScoped<LeadExport>()
            .AddScoped<LeadHandover>().AddScoped<IHandover>(s => s.GetRequiredService<LeadHandover>())
            .AddScoped<EnquiryService>()
            .AddLeadPanel()
            .AddLeadList()
            .AddLeadIntake()
            .AddReminders()
            .AddDay()
            .AddOpportunities()
            .AddLeadUndo()
            .AddLeadsApi();
    }

    /// <summary>Before the first request: the stages of opportunities.</summary>
    public static Task PrepareLeadsAsync(this IServiceProvider services, CancellationToken ct) => services.GetRequiredService<StageSetup>().EnsureAsync(ct);

    public static WebApplication MapLeads(this WebApplication app)
    {
        LeadEndpoints.Map(app);
        CalendarEndpoints.Map(app);
        EnquiryEndpoints.Map(app);
        LeadIntakeFeature.Map(app);
        app.MapLeadsApi();
        return app;
    }

    private static IServiceCollection AddLeadList(this IServiceCollection services) => services
        .AddScoped<LeadListQueries>()
        .AddScoped<LeadCells>()
        .AddScoped<FirstLeadView>()
        .AddScoped<LeadBulk>()
        .AddScoped<IBulkKind, LeadBulkKind>();

    private static IServiceCollection AddReminders(this IServiceCollection services) => services
        .AddScoped<ReminderQueries>()
        .AddScoped<CalendarQueries>()
        .AddScoped<CalendarFeeds>()
        .AddSingleton<CalendarFeedReader>()
        .AddSingleton<ReminderPeople>()
        .AddJob<ReminderPost>("Send reminders", "Tells people by bell and mail of reminders whose time has come.", "0/15 * * * * ?")
        .AddJob<StaleDigest>("Mail stale leads", "Tells the owners once a week, on the morning they chose, which leads are being forgotten.", "0 10 * * * ?");

    private static IServiceCollection AddDay(this IServiceCollection services) => services
        .AddScoped<DayQueries>()
        .AddScoped<DayTicks>()
        .AddSingleton(new DeskPart(typeof(MyDayPart)));

    private static IServiceCollection AddOpportunities(this IServiceCollection services) => services
        .AddScoped<OpportunityForms>()
        .AddScoped<OpportunityService>()
        .AddScoped<OpportunityMoves>()
        .AddScoped<OpportunityQueries>()
        .AddScoped<DealBoardQueries>()
        .AddScoped<StageService>()
        .AddScoped<LinkedLeadQueries>()
        .AddSingleton<StageSetup>()
        .AddSingleton(new CustomerPart(typeof(OpportunitiesSection)))
        .AddSingleton(new CustomerPart(typeof(LinkedLeads)));
}
