using Bunit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Overlays;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Panel;

public sealed class LeadPanelTests : LeadScreens
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task An_address_opens_the_panel_over_the_board()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House", LeadStatus.Qualified, 5600_00, TestPeople.Agent, nextStep: "Call Kwame", nextStepAt: TestClock.Start.AddHours(1));

        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");

        page.WaitForAssertion(() => Assert.Equal("Accra Grill House", page.Find(".lead-head h2").TextContent), Patience);
        Assert.Equal("Qualified · today", page.Find(".stages .now").TextContent);
        Assert.Contains("Today, 11:00 · in 1 hour", page.Find(".next").TextContent, StringComparison.Ordinal);
        Assert.Equal("Accra Grill House", Lane(page, "Qualified"));
    }

    [Theory]
    [InlineData("agent", false)]
    [InlineData("manager", true)]
    public async Task Only_management_sees_delete_and_the_toast_takes_it_back(string who, bool sees)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");

        var page = await OpenAsync(shop, who == "agent" ? TestPeople.Agent : TestPeople.Manager, $"leads/{lead}");
        page.WaitForElement("#lead-more", Patience);

        Assert.Equal(sees, page.FindAll("#lead-more button").Any(b => b.TextContent.Contains("Delete", StringComparison.Ordinal)));
        if (!sees) return;
        await page.InvokeAsync(() => page.FindAll("#lead-more button").Single(b => b.TextContent.Contains("Delete", StringComparison.Ordinal)).ClickAsync());
        Assert.Equal("Delete Accra Grill House?", page.Find("#delete-lead-title").TextContent);
        ToastMessage? toast = null;
        Services.GetRequiredService<Toasts>().Added += message => toast = message;
        await page.InvokeAsync(() => page.Find("dialog .btn.bad").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);
        await using var db = shop.Open();
        Assert.Equal(0, await db.Leads.CountAsync(Ct));

        Assert.Equal("Accra Grill House is deleted", toast?.Text);
        await toast!.UndoAsync!();
        Assert.Equal(lead, await db.Leads.Select(l => l.Id).SingleAsync(Ct));
    }

    [Fact]
    [Trait("contract", "M-126")]
    public async Task A_new_lead_is_checked_field_by_field_and_then_shown()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var page = await OpenAsync(shop, TestPeople.Agent, "leads/new");

        await page.InvokeAsync(() => page.Find("#lead-email").ChangeAsync("kwame@"));
        Assert.Contains("not an e-mail address", page.Find("#lead-email-note").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Give the lead a name.", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#lead-form").SubmitAsync());
        Assert.Contains("Give the lead a name.", page.Find("#lead-name-note").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#lead-name").ChangeAsync("Accra Grill House"));
        await page.InvokeAsync(() => page.Find("#lead-email").ChangeAsync("kwame@accragrill.example"));
        await page.InvokeAsync(() => page.Find("#lead-form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Accra Grill House", page.Find(".lead-head h2").TextContent), Patience);
        Assert.Equal(TestPeople.Agent.Name, page.Find("dl.kv dd").TextContent.Trim()[^"Ama Boakye".Length..]);
    }

    [Fact]
    public async Task What_is_being_typed_is_never_overwritten_and_a_clash_shows_both_values()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House", value: 1000_00);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".lead-head", Patience);
        await page.InvokeAsync(() => page.Find("[aria-label='Edit details']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#lead-value").ChangeAsync("5000"));
        await page.InvokeAsync(() => page.Find("#lead-city").ChangeAsync("Mombasa"));

        await EditAsync(shop, lead, e => (e.Value, e.Company) = ("6000", "Accra Ltd"));
        page.WaitForAssertion(() => Assert.Contains("Malik Thompson changed this just now.", page.Find(".msg.warn").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("5000", page.Find("#lead-value").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find(".msg.warn button").ClickAsync());
        Assert.Contains("theirs 6000, yours 5000", page.Find(".clash").TextContent, StringComparison.Ordinal);
        Assert.Equal(("5000", "Accra Ltd", "Mombasa"), (page.Find("#lead-value").GetAttribute("value"), page.Find("#lead-company").GetAttribute("value"), page.Find("#lead-city").GetAttribute("value")));
        await page.InvokeAsync(() => page.FindAll(".clash button").Single(b => b.TextContent == "Use theirs").ClickAsync());
        await page.InvokeAsync(() => page.Find("#lead-form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".lead-head")), Patience);
        await using var db = shop.Open();
        var stored = await db.Leads.SingleAsync(Ct);
        Assert.Equal((6000_00L, "Accra Ltd", "Mombasa"), (stored.ValueMinor, stored.Company, stored.City));
    }

    [Fact]
    public async Task A_move_elsewhere_does_not_disturb_a_form()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".lead-head", Patience);
        await page.InvokeAsync(() => page.Find("[aria-label='Edit details']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#lead-city").ChangeAsync("Mombasa"));

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadMoves>().MoveAsync(lead, LeadStatus.Qualified, LeadPlace.Top, Ct)).Error);
        page.WaitForAssertion(() => Assert.Equal("Accra Grill House", Lane(page, "Qualified")), Patience);

        Assert.Empty(page.FindAll(".msg.warn"));
        await page.InvokeAsync(() => page.Find("#lead-form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Qualified", page.Find(".stages .now").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Leaving_with_something_written_asks_first()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        await page.InvokeAsync(() => page.Find(".comp textarea").ChangeAsync("half a thought"));

        await page.InvokeAsync(() => page.Find(".lead-head [aria-label=Close]").ClickAsync());
        Assert.Equal("Leave without saving?", page.Find("#leave-title").TextContent);
        await page.InvokeAsync(() => page.FindAll("dialog .btn").Single(b => b.TextContent == "Keep writing").ClickAsync());
        Assert.Equal("half a thought", page.Find(".comp textarea").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find(".lead-head [aria-label=Close]").ClickAsync());
        await page.InvokeAsync(() => page.FindAll("dialog .btn").Single(b => b.TextContent == "Leave").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);
        Assert.Contains(JSInterop.Invocations, i => i.Identifier == "shell.forgetDrafts" && (string)i.Arguments[0]! == $"lead/{lead}/write/");
    }

    [Fact]
    public async Task The_browsers_way_back_asks_too_and_the_panel_stays()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        await page.InvokeAsync(() => page.Find(".comp textarea").ChangeAsync("half a thought"));

        await page.InvokeAsync(() => page.Instance.GoAsync("/leads", true));
        Assert.Equal("Leave without saving?", page.Find("#leave-title").TextContent);
        Assert.Equal("half a thought", page.Find(".comp textarea").GetAttribute("value"));
        await page.InvokeAsync(() => page.FindAll("dialog .btn").Single(b => b.TextContent == "Leave").ClickAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".drawer")), Patience);
        Assert.DoesNotContain(JSInterop.Invocations, i => i.Identifier == "shell.forgetDrafts" && (string)i.Arguments[0]! != $"lead/{lead}/write/");
    }

    [Fact]
    public async Task A_note_that_waits_behind_the_form_keeps_its_draft()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        await page.InvokeAsync(() => page.Find(".comp textarea").ChangeAsync("half a thought"));
        await page.InvokeAsync(() => page.Find("[aria-label='Edit details']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#lead-city").ChangeAsync("Mombasa"));

        await page.InvokeAsync(() => page.FindAll(".dfoot .btn").Single(b => b.TextContent == "Cancel").ClickAsync());

        page.WaitForElement(".comp", Patience);
        Assert.Equal([$"lead/{lead}/form/"], JSInterop.Invocations["shell.forgetDrafts"].Select(i => (string)i.Arguments[0]!));
    }

    [Fact]
    public async Task The_second_of_two_clicks_on_save_is_no_empty_note()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        await page.InvokeAsync(() => page.Find(".comp textarea").ChangeAsync("Wants yam"));

        await page.InvokeAsync(() => page.Find(".comp [data-save]").ClickAsync());
        await page.InvokeAsync(() => page.Find(".comp [data-save]").ClickAsync());

        Assert.Empty(page.FindAll(".comp .errmsg"));
        await using var db = shop.Open();
        Assert.Equal(1, await db.LeadNotes.CountAsync(Ct));
    }

    [Fact]
    [Trait("contract", "M-136"), Trait("contract", "M-146"), Trait("contract", "M-140")]
    public async Task Notes_talks_people_and_reminders_are_written_in_the_panel()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);

        await page.InvokeAsync(() => page.Find(".comp textarea").ChangeAsync("Wants **12 crates** <script>alert(1)</script>"));
        await page.InvokeAsync(() => page.Find("[data-save].soft").ClickAsync());
        page.WaitForAssertion(() => Assert.Equal("Wants <strong>12 crates</strong> &lt;script&gt;alert(1)&lt;/script&gt;", page.Find(".md-text p").InnerHtml), Patience);
        Assert.Equal("", page.Find(".comp textarea").GetAttribute("value") ?? "");

        await page.InvokeAsync(() => page.Find("[aria-label='Add contact']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#contact-name").ChangeAsync("Kwame Mensah"));
        await page.InvokeAsync(() => page.Find("form.tight").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Kwame Mensah Call first", page.Find(".person").TextContent, StringComparison.Ordinal), Patience);

        await page.InvokeAsync(() => page.FindAll(".comp .seg input")[1].ChangeAsync(true));
        await page.InvokeAsync(() => page.Find("#talk-subject").ChangeAsync("Prices"));
        await page.InvokeAsync(() => page.Find("[data-save].soft").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Prices", page.Find(".tl li").TextContent, StringComparison.Ordinal), Patience);

        await page.InvokeAsync(() => page.Find("[aria-label='Add reminder']").ClickAsync());
        await page.InvokeAsync(() => page.Find("#reminder-title").ChangeAsync("Send samples"));
        await page.InvokeAsync(() => page.Find("#reminder-on").ChangeAsync("2026-11-18"));
        await page.InvokeAsync(() => page.Find("form.tight").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("2 days late", page.Find(".rem .when.late").TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(() => page.Find(".rem input").ChangeAsync(true));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".rem .done")), Patience);
    }

    [Fact]
    public async Task A_lead_that_was_deleted_meanwhile_is_said_to_be_gone()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".lead-head", Patience);

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(lead, Ct)).Error);

        page.WaitForAssertion(() => Assert.Equal("This lead cannot be shown", page.Find(".drawer .cen h2").TextContent), Patience);
    }

    private static async Task EditAsync(TestShop shop, Guid lead, Action<LeadEdit> change)
    {
        var desk = shop.As(TestPeople.Manager);
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value);
        var edit = original.Copy();
        change(edit);
        Assert.Null((await desk.Get<LeadService>().EditAsync(lead, original, edit, Ct)).Error);
    }
}
