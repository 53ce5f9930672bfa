using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Panel;

/// <summary>An impatient hand clicks twice before the first answer: somebody else holds the single writer until both clicks were heard.</summary>
public sealed class DoubleClickTests : LeadScreens
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(LeadStatus.Lost)]
    [InlineData(LeadStatus.Converted)]
    public async Task A_dialog_of_the_board_does_its_deed_once(LeadStatus to)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House", LeadStatus.Qualified);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".dfoot", Patience);
        await page.InvokeAsync(() => page.FindAll(".dfoot .btn").Single(b => b.TextContent.Trim() == (to is LeadStatus.Lost ? "Mark as lost" : "Convert to customer")).ClickAsync());
        page.WaitForElement($"dialog .btn.{(to is LeadStatus.Lost ? "bad" : "p")}", Patience);
        if (to is LeadStatus.Lost) await page.InvokeAsync(() => page.FindAll("[name=lost-reason]")[0].ChangeAsync(true));
        else page.WaitForAssertion(() => Assert.Equal("Accra", page.Find("#convert-first").GetAttribute("value")), Patience);

        await TwiceAsync(shop, page, () => page.Find($"dialog .btn.{(to is LeadStatus.Lost ? "bad" : "p")}").ClickAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog h2")), Patience);
        page.WaitForAssertion(() => Assert.Equal("Accra Grill House", Lane(page, to.ToString())), Patience);
        await using var db = shop.Open();
        Assert.Equal(to, (await db.Leads.SingleAsync(Ct)).Status);
        Assert.Equal(to is LeadStatus.Converted ? 1 : 0, await db.Customers.CountAsync(c => c.FirstName == "Accra", Ct));
    }

    [Theory]
    [InlineData("note")]
    [InlineData("contact")]
    [InlineData("reminder")]
    public async Task What_is_written_in_the_panel_is_saved_once(string what)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        if (what != "note") await page.InvokeAsync(() => page.Find($"[aria-label='Add {what}']").ClickAsync());
        await page.InvokeAsync(() => page.Find(what switch { "note" => ".comp textarea", "contact" => "#contact-name", _ => "#reminder-title" }).ChangeAsync("Kwame"));

        if (what == "note") await TwiceAsync(shop, page, () => page.Find(".comp [data-save]").ClickAsync());
        else await TwiceAsync(shop, page, () => page.Find("form.tight").SubmitAsync());

        await using var db = shop.Open();
        Assert.Equal(1, what switch { "note" => await db.LeadNotes.CountAsync(Ct), "contact" => await db.LeadContacts.CountAsync(Ct), _ => await db.Reminders.CountAsync(Ct) });
    }

    private static async Task TwiceAsync<T>(TestShop shop, IRenderedComponent<T> page, Func<Task> press) where T : Microsoft.AspNetCore.Components.IComponent
    {
        var heard = new TaskCompletionSource();
        await using var other = shop.Open();
        var writer = await other.BeginWriteAsync(Ct);
        var both = page.InvokeAsync(() =>
        {
            var pressed = Task.WhenAll(press(), press());
            heard.SetResult();
            return pressed;
        });
        await heard.Task;
        await writer.DisposeAsync();
        await both;
    }
}
