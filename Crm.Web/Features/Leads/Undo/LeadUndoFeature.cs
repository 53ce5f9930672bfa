using Crm.Web.Platform.Undo;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>Registers what of the leads can be taken back; a lead comes back before its deals.</summary>
static class LeadUndoFeature
{
    public static IServiceCollection AddLeadUndo(this IServiceCollection services) => services
        .AddScoped<IUndoRule, LeadUndo>()
        .AddScoped<IUndoRule, LeadContactUndo>()
        .AddScoped<IUndoRule, LeadNoteUndo>()
        .AddScoped<IUndoRule, ReminderUndo>()
        .AddScoped<IUndoRule, CorrespondenceUndo>()
        .AddScoped<IUndoRule, CorrespondenceFileUndo>()
        .AddScoped<IUndoRule, LeadTagUndo>()
        .AddScoped<IUndoRule, OpportunityUndo>();
}
