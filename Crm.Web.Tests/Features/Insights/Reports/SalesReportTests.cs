using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Crm.Web.Features.Insights.Reports;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Pdf;

namespace Crm.Web.Tests.Features.Insights.Reports;

public sealed class SalesReportTests
{
    private static readonly DateOnly October = new(2026, 10, 1);

    [Theory, BothDatabases, Trait("contract", "M-105")]
    public async Task A_month_without_trade_says_so_on_sound_paper(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var pdf = (await shop.As(TestPeople.Manager).Get<SalesReport>().OfAsync(TradeSource.Shop, October, default)).Value;
        using var file = new MemoryStream();
        await pdf.SaveAsync(file, default);

        PdfTools.Check(file.ToArray());
        var text = PdfTools.Flowing(file.ToArray());
        Assert.Contains("Sales in October 2026", text, StringComparison.Ordinal);
        Assert.Contains("There was no trade in this month.", text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Only_owner_and_managers_get_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        foreach (var desk in new[] { shop.As(TestPeople.Agent), shop.As(TestPeople.CustomerA), shop.AsStranger() })
            Assert.IsType<ForbiddenError>((await desk.Get<SalesReport>().OfAsync(TradeSource.Shop, October, default)).Error);
    }
}
