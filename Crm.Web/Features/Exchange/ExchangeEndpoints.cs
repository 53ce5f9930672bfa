using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Exchange;

/// <summary>What of the imports is downloaded.</summary>
public static class ExchangeEndpoints
{
    public static WebApplication MapExchange(this WebApplication app)
    {
        app.MapGet("/import/{runId:guid}/left-out.csv", LeftOutAsync).RequireAuthorization(nameof(Permission.ImportData));
        return app;
    }

    private static async Task<IResult> LeftOutAsync(Guid runId, ImportService imports, CancellationToken ct) =>
        (await imports.RefusedLinesAsync(runId, ct)).Failed(out var refusal, out var csv)
            ? refusal.ToProblem()
            : Microsoft.AspNetCore.Http.Results.Stream(csv, "text/csv; charset=utf-8", "lines-left-out.csv");
}
