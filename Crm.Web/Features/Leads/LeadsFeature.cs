using Crm.Web.Features.Customers.Profile;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Leads.Undo;
using Crm.Web.Platform.Bulk;

namespace Crm.Web.Features.Leads;

/// <summary>Registers the leads: the board, the panel and what they do.</summary>
public static class LeadsFeature
{
    public static IServiceCollection AddLeads(this IServiceCollection services) => services
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
        .AddScoped<OpportunityForms>().AddScoped<OpportunityService>().AddScoped<OpportunityMoves>().AddScoped<OpportunityQueries>().AddScoped<DealBoardQueries>().AddScoped<StageService>().AddScoped<LinkedLeadQueries>()
        .AddSingleton<StageSetup>()
        .AddSingleton(new CustomerPart(typeof(OpportunitiesSection))).AddSingleton(new CustomerPart(typeof(LinkedLeads)))
        .AddScoped<LeadBulk>()
        .AddScoped<IBulkKind, LeadBulkKind>()
        .AddLeadUndo();

    /// <summary>Before the first request: the stages of opportunities.</summary>
    public static Task PrepareLeadsAsync(this IServiceProvider services, CancellationToken ct) => services.GetRequiredService<StageSetup>().EnsureAsync(ct);

    public static WebApplication MapLeads(this WebApplication app)
    {
        LeadEndpoints.Map(app);
        return app;
    }
}
