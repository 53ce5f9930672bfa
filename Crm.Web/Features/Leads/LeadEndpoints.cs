using System.Globalization;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Csv;

namespace Crm.Web.Features.Leads;

/// <summary>What the leads offer beside their pages.</summary>
static class LeadEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/leads/export.csv", Export).RequireAuthorization(nameof(Permission.Export));

    private static IResult Export(HttpRequest request, LeadExport export, Shop shop, CancellationToken ct) =>
        export.Rows(LeadFilter.Parse(request.QueryString.Value), ct).Failed(out _, out var rows)
            ? TypedResults.Forbid()
            : CsvExport.Download($"leads-{shop.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", export.Columns, rows, ct);
}
