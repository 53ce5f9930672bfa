using Crm.Data.Leads;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>The opportunities in sight of whoever acts, by the rule of leads: all, or those that are theirs or nobody's.</summary>
static class OpportunitySight
{
    internal static IQueryable<Opportunity> SeenBy(this IQueryable<Opportunity> deals, CurrentActor actor) => deals.SeenBy(actor.UserId, actor.May(Permission.SeeAllLeads));
}
