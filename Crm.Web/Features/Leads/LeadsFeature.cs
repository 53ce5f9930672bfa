using Crm.Web.Features.Leads.List;
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
        .AddScoped<LeadListQueries>()
        .AddScoped<LeadCells>()
        .AddScoped<FirstLeadView>()
        .AddScoped<LeadBulk>()
        .AddScoped<IBulkKind, LeadBulkKind>()
        .AddLeadUndo();

    public static WebApplication MapLeads(this WebApplication app)
    {
        LeadEndpoints.Map(app);
        return app;
    }
}
