using Bunit;
using Crm.Data.Exchange;
using Crm.Data.Storage;
using Crm.Web.Features.Exchange;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Features.Exchange.OnlineRetail;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange;

public sealed class ImportPageTests : BunitContext
{
    [Fact]
    public async Task The_first_time_it_says_what_this_is_for_and_offers_one_button()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);

        var page = Open(shop, TestPeople.Owner);

        Assert.Equal("Bring your past trade here", page.Find("h2").TextContent);
        Assert.Equal("Choose a file", Assert.Single(page.FindAll(".btn")).TextContent);
    }

    [Fact]
    public async Task A_running_import_shows_how_far_it_is_and_can_be_stopped()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var run = await AddAsync(shop, r => (r.LinesTotal, r.LinesRead, r.Orders) = (1000, 250, 12));
        var page = Open(shop, TestPeople.Owner);

        Assert.Contains("trade.csv: 250 of 1,000 lines.", page.Find("[role=status]").TextContent);
        Assert.Equal("25", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Empty(page.FindAll("input[type=file]"));
        await page.InvokeAsync(() => page.Find("button.btn.s").ClickAsync());

        page.WaitForAssertion(() => Assert.Equal("trade.csv was stopped", page.Find("h2").TextContent));
        await using var db = shop.Open();
        Assert.Equal(ImportState.Cancelled, (await db.ImportRuns.FindAsync(run))!.State);
    }

    [Fact]
    public async Task A_stop_that_came_too_late_says_so_and_goes_on_saying_it_while_the_page_follows()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var run = await AddAsync(shop, r => (r.LinesTotal, r.LinesRead) = (1000, 250));
        var page = Open(shop, TestPeople.Owner);
        await using (var db = shop.Open())
        {
            var ended = (await db.ImportRuns.FindAsync(run))!;
            ended.End(ImportState.Finished, "Done.", shop.Clock.Now);
            await db.Database.ExecuteSqlAsync($"UPDATE \"ImportRuns\" SET \"State\" = 'Finished', \"Message\" = 'Done.' WHERE \"Id\" = {run}");
        }

        await page.InvokeAsync(() => page.Find("button.btn.s").ClickAsync());

        page.WaitForAssertion(() => Assert.Equal("trade.csv was imported", page.Find("h2").TextContent));
        Assert.Contains("This import has ended already.", page.Markup);
        await AddAsync(shop, r => r.LinesTotal = 7);
        page.WaitForAssertion(() => Assert.Contains("0 of 7 lines", page.Markup), TimeSpan.FromSeconds(20));
        Assert.Contains("This import has ended already.", page.Markup);
    }

    [Fact]
    public async Task A_finished_import_shows_its_counts_and_why_lines_were_left_out()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var run = await AddAsync(shop, r =>
        {
            (r.LinesTotal, r.LinesRead, r.LinesRefused, r.Reasons, r.RefusedCsv) = (1000, 1000, 3, """{"bad debt adjustment":1,"stock adjustment":2}""", [1]);
            r.End(ImportState.Finished, "12 orders were added.", TestClock.Start);
        });

        var page = Open(shop, TestPeople.Owner);

        Assert.Equal("trade.csv was imported", page.Find("h2").TextContent);
        Assert.Equal(["Bad debt adjustment 1", "Stock adjustment 2"], page.FindAll(".card .li").Select(l => string.Join(' ', l.Children.Select(c => c.TextContent))));
        Assert.Equal($"/import/{run}/left-out.csv", page.Find(".card a").GetAttribute("href"));
        Assert.Single(page.FindAll("table tbody tr"));
    }

    [Fact]
    public async Task It_follows_a_run_that_was_started_elsewhere()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = Open(shop, TestPeople.Owner);

        await AddAsync(shop, _ => { });

        page.WaitForAssertion(() => Assert.Equal("Checking the file", page.Find("h2").TextContent), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_chosen_file_is_read_in()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var worker = shop.Get<ImportWorker>();
        await worker.StartAsync(default);
        var page = Open(shop, TestPeople.Owner);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText($"{OnlineRetailFiles.Header}\n1,A,Tea,1,2011-01-01 10:00:00,2,7,France\n", "tea.csv"));

        page.WaitForAssertion(() => Assert.Equal("tea.csv was imported", page.Find("h2").TextContent), TimeSpan.FromSeconds(20));
        await worker.StopAsync(default);
    }

    [Theory]
    [InlineData(nameof(TestPeople.Manager))]
    [InlineData(nameof(TestPeople.CustomerA))]
    public async Task Whoever_is_not_the_owner_sees_only_the_refusal(string who)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        await AddAsync(shop, _ => { });

        var page = Open(shop, who == nameof(TestPeople.Manager) ? TestPeople.Manager : TestPeople.CustomerA);

        Assert.Contains("You do not have permission to do this.", page.Find("[role=alert]").TextContent);
        Assert.Empty(page.FindAll("table, input, h2"));
    }

    private IRenderedComponent<ImportPage> Open(TestShop shop, TestPerson person)
    {
        Services.AddSingleton(shop.As(person).Get<ImportService>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(shop.Get<Shop>());
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<ImportPage>();
    }

    private static async Task<Guid> AddAsync(TestShop shop, Action<ImportRun> fill)
    {
        await using var db = shop.Open();
        var run = new ImportRun { Kind = "online-retail", FileName = "trade.csv", StartedAt = shop.Clock.Now };
        fill(run);
        db.ImportRuns.Add(run);
        await db.SaveChangesAsync();
        return run.Id;
    }
}
