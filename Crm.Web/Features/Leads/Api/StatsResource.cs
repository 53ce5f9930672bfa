using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/dashboard/stats/, also /api/dashboard-stats/</summary>
static class StatsResource
{
    public static void MapStats(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/dashboard/stats/", "/dashboard-stats/" })
            routes.MapApi("/api").WithTags("Dashboard").RequireAuthorization(Policies.Staff).MapGet(path, ReadAsync).WithSummary("The desk in figures").Produces<StatsAnswer>();
    }

    private static async Task<IResult> ReadAsync(LeadStats stats, CancellationToken ct) =>
        (await stats.ReadAsync(ct)).Failed(out var refusal, out var answer) ? ApiErrors.Of(refusal) : ApiJson.Ok(answer);
}
