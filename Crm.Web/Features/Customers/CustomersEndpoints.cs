using System.Globalization;
using Crm.Web.Features.Customers.Interactions;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Customers.Statement;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Customers;

/// <summary>What of the customers' room is downloaded.</summary>
public static class CustomersEndpoints
{
    public static WebApplication MapCustomers(this WebApplication app)
    {
        app.MapGet("/customers/export.csv", Export).RequireAuthorization(nameof(Permission.SeeCustomers), nameof(Permission.Export));
        app.MapGet("/customers/{customerId:guid}/statement.pdf", StatementAsync).RequireAuthorization(nameof(Permission.SeeCustomers));
        app.MapInteractionResource();
        return app;
    }

    private static IResult Export(HttpContext context, CustomerExport export, Shop shop) =>
        export.Open(CustomerListQuery.Read(context.Request.QueryString.Value), context.RequestAborted).Failed(out var refusal, out var file)
            ? refusal.ToProblem()
            : file.Download($"customers-{Day(shop.Today)}.csv", context.RequestAborted);

    /// <param name="from">First shop day, yyyy-MM-dd; without both days, the last twelve months.</param>
    /// <param name="to">Last shop day.</param>
    private static async Task<IResult> StatementAsync(Guid customerId, CustomerStatement statement, Shop shop, string? from, string? to, CancellationToken ct)
    {
        if (StatementPeriod.Read(from, to, shop.Today).Failed(out var refusal, out var period)) return refusal.ToProblem();
        if ((await statement.OfAsync(customerId, period, ct)).Failed(out refusal, out var pdf)) return refusal.ToProblem();
        return TypedResults.Stream(output => pdf.SaveAsync(output, ct), "application/pdf", $"statement-{Day(period.From)}-{Day(period.To)}.pdf");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
