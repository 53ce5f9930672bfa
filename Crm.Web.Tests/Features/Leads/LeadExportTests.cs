using System.Text;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Csv;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadExportTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-131")]
    public async Task The_leads_on_screen_leave_as_a_file_without_live_formulas(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("=HYPERLINK(\"x\")", value: 5600_50, owner: TestPeople.Agent, source: "Website, form");
        var second = await shop.LeadAsync("Ọláyínká", LeadStatus.Lost);
        await shop.LeadAsync("Low", priority: LeadPriority.Low);
        var export = shop.As(TestPeople.Agent).Get<LeadExport>();

        using var file = new MemoryStream();
        await CsvExport.WriteAsync(file, export.Columns, export.Rows(LeadFilter.Parse("?priority=medium"), Ct).Value, Ct);

        var lines = Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal("ID,Number,Name,Company,Email,Phone,Status,Priority,Source,Owner,Estimated Value (CAD),Description,Created Date,Last Updated", lines[0]);
        Assert.Equal($"{id},L-1001,\"'=HYPERLINK(\"\"x\"\")\",,,,New,Medium,\"Website, form\",Ama Boakye,5600.50,,2026-11-20 10:00:00,2026-11-20 10:00:00", lines[1]);
        Assert.StartsWith($"{second},L-1002,Ọláyínká,,,,Lost,Medium,,N/A,0,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }
}
