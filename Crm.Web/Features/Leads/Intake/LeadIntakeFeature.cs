using System.Globalization;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>Registers the import of leads from other programs.</summary>
static class LeadIntakeFeature
{
    public static IServiceCollection AddLeadIntake(this IServiceCollection services) => services
        .AddScoped<IntakeFiles>()
        .AddScoped<IntakeRules>()
        .AddScoped<LeadIntake>()
        .AddScoped<IBulkKind, IntakeBulkKind>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/leads/import/{runId:guid}/left-out.csv", LeftOutAsync).RequireAuthorization(nameof(Permission.ImportData));

    private static async Task<IResult> LeftOutAsync(Guid runId, LeadIntake intake, Shop shop, CancellationToken ct)
    {
        if ((await intake.LeftOutAsync(runId, ct)).Failed(out var refusal, out var pieces)) return refusal.ToProblem();
        return Microsoft.AspNetCore.Http.Results.Stream(async output =>
        {
            await foreach (var piece in pieces.WithCancellation(ct)) await output.WriteAsync(piece, ct);
        }, "text/csv; charset=utf-8", $"lines-left-out-{shop.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv");
    }
}
