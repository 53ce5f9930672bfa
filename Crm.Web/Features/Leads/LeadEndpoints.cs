using System.Globalization;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Csv;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Web.Features.Leads;

/// <summary>What the leads offer beside their pages.</summary>
static class LeadEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/leads/export.csv", Export).RequireAuthorization(nameof(Permission.Export));
        routes.MapPost("/leads/export/picked", ExportPicked).RequireAuthorization(nameof(Permission.Export));
    }

    private static IResult Export(HttpRequest request, LeadExport export, Shop shop, CancellationToken ct) =>
        Download(LeadFilter.Parse(request.QueryString.Value), export, shop, ct);

    // more than an address holds
    private static IResult ExportPicked([FromForm] string? picked, LeadExport export, Shop shop, CancellationToken ct) =>
        LeadSelection.Read(picked) is { Count: > 0 } ids ? Download(new LeadFilter { Ids = ids }, export, shop, ct) : TypedResults.BadRequest();

    private static IResult Download(LeadFilter filter, LeadExport export, Shop shop, CancellationToken ct) =>
        export.Rows(filter, ct).Failed(out _, out var rows)
            ? TypedResults.Forbid()
            : CsvExport.Download($"leads-{shop.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", export.Columns, rows, ct);
}
