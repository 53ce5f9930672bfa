using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Leads;

/// <summary>The leads in sight of whoever acts; a lead out of sight is as good as none.</summary>
static class LeadSightOfActor
{
    internal static IQueryable<Lead> SeenBy(this IQueryable<Lead> leads, CurrentActor actor) => leads.SeenBy(actor.UserId, actor.May(Permission.SeeAllLeads));

    /// <summary>The same for a lead that was read already.</summary>
    internal static bool Sees(this CurrentActor actor, Guid? ownerId) => actor.May(Permission.SeeAllLeads) || ownerId is null || ownerId == actor.UserId;

    internal static IQueryable<SearchEntry> SeenBy(this IQueryable<SearchEntry> entries, CrmDbContext db, CurrentActor actor) => entries.SeenBy(db, actor.UserId, actor.May(Permission.SeeAllLeads));
}
