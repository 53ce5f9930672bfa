using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Insights.Reports;

/// <summary>The reports as downloads.</summary>
public static class ReportEndpoints
{
    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapGet("/reports/sales.pdf", SalesAsync).RequireAuthorization(nameof(Permission.SeeTrade));
        return app;
    }

    /// <param name="month">yyyy-MM; without it, the shop's month.</param>
    private static async Task<IResult> SalesAsync(SalesReport report, Settings.Shop shop, string? month, string? source, CancellationToken ct)
    {
        var day = shop.Today;
        if (month is not null && !DayText.TryRead(month + "-01", out day))
            return Microsoft.AspNetCore.Http.Results.Problem($"A month is written like {shop.Today:yyyy-MM}.", statusCode: StatusCodes.Status400BadRequest);
        if (day > shop.Today)
            return Microsoft.AspNetCore.Http.Results.Problem("That month has not begun.", statusCode: StatusCodes.Status400BadRequest);
        if (source is not null && TradeSource.Find(source) is null) return Microsoft.AspNetCore.Http.Results.NotFound();

        if ((await report.OfAsync(TradeSource.Find(source) ?? TradeSource.Shop, day, ct)).Failed(out var refusal, out var pdf)) return refusal.ToProblem();
        return Microsoft.AspNetCore.Http.Results.Stream(output => pdf.SaveAsync(output, ct), "application/pdf", $"sales-{day:yyyy-MM}.pdf");
    }
}
