using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Intake;

[Trait("contract", "M-152")]
public sealed class LeadImportPageTests : BunitContext
{
    [Fact]
    public async Task A_file_is_brought_its_columns_named_looked_through_and_imported()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = Open(shop, TestPeople.Owner, null);
        Assert.Equal("Bring your leads here", page.Find("h2").TextContent);
        Assert.EndsWith("File", page.Find("[aria-current=step]").TextContent.Trim(), StringComparison.Ordinal);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(GivenImports.HubSpot, "contacts.csv"));
        await page.WaitForAssertionAsync(() => Assert.StartsWith("http://localhost/leads/import?file=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), LeadScreens.Patience);
    }

    [Fact]
    public async Task Columns_can_be_left_out_and_the_dry_run_marks_problems_at_their_cells()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var file = await shop.As(TestPeople.Owner).FileAsync(GivenImports.HubSpot, "contacts.csv");
        var page = Open(shop, TestPeople.Owner, file.Id);
        await page.WaitForAssertionAsync(() => Assert.Equal("contacts.csv", page.Find("h2").TextContent), LeadScreens.Patience);
        Assert.Contains("HubSpot, 6 lines, UTF-8 with commas.", page.Find(".intake-what").TextContent, StringComparison.Ordinal);
        Assert.Equal("HubSpot", page.Find("#intake-source").GetAttribute("value"));
        Assert.Contains("Wambūi · Kwame · Folake", page.FindAll(".intake-col")[1].TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("#intake-7").ChangeAsync(new ChangeEventArgs { Value = "" }));
        await page.InvokeAsync(() => page.Find("#intake-tag").InputAsync(new ChangeEventArgs { Value = "autumn" }));
        await page.InvokeAsync(() => page.Find(".intake-foot .btn.p").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => Assert.Equal("Nothing has been changed yet", page.Find("h2").TextContent), LeadScreens.Patience);
        Assert.Equal(["4", "1", "1"], page.FindAll(".bx .n").Select(n => n.TextContent));
        var wrong = page.Find("tr.er .errc");
        Assert.Equal(("jm.pierre@example", "This is not an e-mail address. It looks like name@example.com."), (wrong.TextContent, wrong.GetAttribute("title")));
        Assert.Equal("Import 4 lines", page.Find(".intake-foot .btn.p").TextContent);
        await page.InvokeAsync(() => page.Find("#intake-known").ChangeAsync(new ChangeEventArgs { Value = "Fill" }));
        Assert.Equal("Import 4 lines", page.Find(".intake-foot .btn.p").TextContent);
        await page.InvokeAsync(() => page.Find("#intake-known").ChangeAsync(new ChangeEventArgs { Value = "Add" }));
        Assert.Equal("Import 5 lines", page.Find(".intake-foot .btn.p").TextContent);

        await page.InvokeAsync(() => page.Find(".intake-foot .btn.p").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => Assert.Contains("Import contacts.csv", page.Find(".run").TextContent, StringComparison.Ordinal), LeadScreens.Patience);
        await shop.Get<BulkWorker>().WorkDueAsync(CancellationToken.None);
        await page.WaitForAssertionAsync(() => Assert.Contains("done: 5 of 6", page.Find(".run").TextContent, StringComparison.Ordinal), LeadScreens.Patience);
        Assert.Contains("1 line was left out", page.Find(".run summary").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/left-out.csv", page.Find(".run a[download]").GetAttribute("href"), StringComparison.Ordinal);
        await using (var db = shop.Open())
        {
            Assert.Equal(5, await db.LeadTags.CountAsync(t => t.Name == "autumn"));
            Assert.False(await db.LeadContacts.AnyAsync(c => c.Position != null));
        }

        await page.InvokeAsync(() => page.FindAll(".run button").Single(b => b.TextContent == "Undo").ClickAsync(new MouseEventArgs()));
        await using (var db = shop.Open()) Assert.Equal(0, await db.Leads.CountAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_here_any_more_and_one_that_names_nobody_say_what_to_do()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = Open(shop, TestPeople.Owner, Guid.Parse("01900000-0000-7000-8000-0000000000ff"));
        await page.WaitForAssertionAsync(() => Assert.Equal("This file is not here any more. Choose it again.", page.Find("[role=alert] .grow").TextContent), LeadScreens.Patience);
        Assert.NotEmpty(page.FindAll("input[type=file]"));

        var file = await shop.As(TestPeople.Owner).FileAsync("Colour,Size\nred,2\n");
        Services.GetRequiredService<NavigationManager>().NavigateTo($"leads/import?file={file.Id}");
        await page.WaitForAssertionAsync(() => Assert.Equal("Say which column names the lead.", page.Find(".intake-foot .grow").TextContent), LeadScreens.Patience);
        Assert.True(page.Find(".intake-foot .btn.p").HasAttribute("disabled"));
    }

    private IRenderedComponent<LeadImportPage> Open(TestShop shop, TestPerson person, Guid? file)
    {
        var desk = shop.As(person);
        Services.AddSingleton(desk.Get<LeadIntake>()).AddSingleton(desk.Get<LeadQueries>()).AddSingleton(desk.Get<UndoService>()).AddSingleton(desk.Get<BulkRuns>()).AddSingleton(desk.Get<CurrentActor>())
            .AddSingleton(desk.Get<OwnClock>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton(TimeProvider.System).AddScoped<Toasts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo(file is { } id ? $"leads/import?file={id}" : "leads/import");
        return Render<LeadImportPage>();
    }
}
