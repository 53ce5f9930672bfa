using Crm.Web.Features.Leads.Duplicates;
using Crm.Web.Features.Leads.Notes;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Leads.Talks;
using Crm.Web.Platform.Files;

namespace Crm.Web.Features.Leads.Panel;

/// <summary>Registers what the panel of one lead needs beside the lead's own services.</summary>
static class LeadPanelFeature
{
    public static IServiceCollection AddLeadPanel(this IServiceCollection services) => services
        .AddScoped<TalkFiles>()
        .AddScoped<IFileOwner, TalkFileOwner>()
        .AddScoped<NoteMentions>()
        .AddScoped<NoteHistory>()
        .AddScoped<LeadTags>()
        .AddScoped<LeadTrail>()
        .AddScoped<LeadDuplicates>()
        .AddScoped<LeadMerge>();
}
