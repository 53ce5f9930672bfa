using Crm.Web.Features.Leads.WebForm;
using Crm.Web.Platform.Hosting;

namespace Crm.Web.Features.Leads;

/// <summary>Registers the leads: the board, the panel and what they do.</summary>
public static class LeadsFeature
{
    public static IServiceCollection AddLeads(this IServiceCollection services)
    {
        services.AddSettings<WebFormOptions>("WebForm");
        return services
        .AddScoped<EnquiryService>()
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
        .AddScoped<LeadExport>();
    }

    public static WebApplication MapLeads(this WebApplication app)
    {
        LeadEndpoints.Map(app);
        EnquiryEndpoints.Map(app);
        return app;
    }
}
