using System.Globalization;
using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Customers;

/// <summary>What of the customers' room is downloaded.</summary>
public static class CustomersEndpoints
{
    public static WebApplication MapCustomers(this WebApplication app)
    {
        app.MapGet("/customers/export.csv", Export).RequireAuthorization(Policies.Staff);
        return app;
    }

    private static IResult Export(HttpContext context, CustomerExport export, Shop shop) =>
        export.Open(CustomerListQuery.Read(context.Request.QueryString.Value), context.RequestAborted).Failed(out _, out var file)
            ? TypedResults.Forbid()
            : file.Download($"customers-{shop.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", context.RequestAborted);
}
