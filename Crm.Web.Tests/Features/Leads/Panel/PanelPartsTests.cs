using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Files;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Panel;

public sealed class PanelPartsTests : LeadScreens
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    [Trait("contract", "M-151")]
    public async Task Files_are_chosen_checked_taken_away_again_and_saved_with_the_talk()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".comp", Patience);
        await page.InvokeAsync(() => page.FindAll(".comp .seg input")[1].ChangeAsync(true));
        await page.InvokeAsync(() => page.Find("#talk-subject").ChangeAsync("Menu"));

        page.FindComponent<InputFile>().UploadFiles(
            InputFileContent.CreateFromBinary(SomeFiles.Pdf, "menu.pdf"), InputFileContent.CreateFromBinary(SomeFiles.Png(), "yam.png"),
            InputFileContent.CreateFromBinary(SomeFiles.Program, "invoice.pdf"), InputFileContent.CreateFromBinary(new byte[11 << 20], "film.pdf"));

        page.WaitForAssertion(() => Assert.Equal(["menu.pdf", "yam.png"], page.FindAll(".files-new .nm").Select(n => n.TextContent)), Patience);
        Assert.Equal(2, page.FindAll(".files-new .errmsg").Count);
        Assert.Contains("“film.pdf” is 11 MB. A file may be 10 MB at most.", page.Find(".files-new").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("[aria-label='Remove yam.png']").ClickAsync());
        await page.InvokeAsync(() => page.Find(".comp [data-save]").ClickAsync());

        page.WaitForAssertion(() => Assert.Equal("menu.pdf", page.Find(".tl .files .nm").TextContent), Patience);
        await using var db = shop.Open();
        Assert.Equal(["menu.pdf"], await db.StoredFiles.Select(f => f.Name).ToListAsync(Ct));
    }

    [Fact]
    public async Task Whom_to_call_first_is_said_and_reached_from_the_head_too()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var contacts = shop.As(TestPeople.Agent).Get<LeadContacts>();
        await contacts.AddAsync(lead, new LeadContactEdit { Name = "Kwame", Phone = "416 555 0155", Email = "kwame@accra.example" }, Ct);
        await contacts.AddAsync(lead, new LeadContactEdit { Name = "Akosua", Phone = "416 555 0156" }, Ct);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".person", Patience);

        var people = page.FindAll(".person");
        Assert.Equal(["Call first", null], people.Select(p => p.QuerySelector(".badge")?.TextContent));
        Assert.Contains("(416) 555-0155", people[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("kwame@accra.example", people[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Call", "WhatsApp", "Mail"], page.FindAll(".lead-head .reach a").Select(a => a.TextContent));
        Assert.Equal(["tel:+14165550155", "https://wa.me/14165550155", "mailto:kwame@accra.example"], page.FindAll(".lead-head .reach a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Call Kwame", page.Find(".lead-head .reach a").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_long_note_is_folded_until_all_of_it_is_asked_for()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.As(TestPeople.Agent).Get<LeadNotes>().AddAsync(lead, string.Join('\n', Enumerable.Range(1, 30).Select(n => $"- crate {n}")), Ct);
        await shop.As(TestPeople.Agent).Get<LeadNotes>().AddAsync(lead, "Twelve crates", Ct);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".tl .fold", Patience);

        Assert.Single(page.FindAll(".tl .fold"));
        Assert.Equal(("Show all", "false"), (page.Find(".fold-more").TextContent, page.Find(".fold-more").GetAttribute("aria-expanded")));
        await page.InvokeAsync(() => page.Find(".fold-more").ClickAsync());
        Assert.Empty(page.FindAll(".tl .fold"));
        Assert.Equal(("Show less", "true"), (page.Find(".fold-more").TextContent, page.Find(".fold-more").GetAttribute("aria-expanded")));
    }

    [Fact]
    public async Task Another_contacts_pencil_asks_before_a_half_written_one_is_given_up()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        foreach (var name in new[] { "Kwame", "Akosua" }) await shop.As(TestPeople.Agent).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = name }, Ct);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement("[aria-label='Edit Kwame']", Patience);
        await page.InvokeAsync(() => page.Find("[aria-label='Edit Kwame']").ClickAsync());
        await page.InvokeAsync(() => page.Find("[aria-label='Edit Akosua']").ClickAsync()); // nothing written yet
        await page.InvokeAsync(() => page.Find("#contact-name").ChangeAsync("Akosua M."));

        await page.InvokeAsync(() => page.Find("[aria-label='Edit Kwame']").ClickAsync());
        Assert.Equal("Akosua M.", page.Find("#contact-name").GetAttribute("value"));
        Assert.Contains("What you wrote about Akosua M. is not saved yet.", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent == "Leave").ClickAsync());

        Assert.Equal("Kwame", page.Find("#contact-name").GetAttribute("value"));
        Assert.Equal("Akosua", (await shop.As(TestPeople.Agent).Get<LeadQueries>().FindAsync(lead, Ct)).Value.Contacts[1].Name);
    }

    [Fact]
    public async Task A_converted_leads_panel_says_what_hinders_taking_the_conversion_back()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Merle");
        var conversion = shop.As(TestPeople.Agent).Get<LeadConversion>();
        Assert.Null((await conversion.ConvertAsync(lead, new() { FirstName = "Merle" }, LeadPlace.Top, Ct)).Error);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent == "Undo conversion" && !b.HasAttribute("disabled")), Patience);

        Guid customer;
        await using (var db = shop.Open()) customer = (await db.Leads.SingleAsync(Ct)).ConvertedCustomerId!.Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.Agent).Get<Web.Features.Customers.Notes.NoteService>().AddAsync(customer, "Likes channa", Ct)).Error);
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent == "Undo conversion").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("There is a note about them by now.", page.Find(".dfoot").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent == "Undo conversion" && b.HasAttribute("disabled")), Patience);
    }

    [Fact]
    public async Task A_conversion_that_nothing_hinders_is_taken_back_from_the_panel()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Merle");
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadConversion>().ConvertAsync(lead, new() { FirstName = "Merle" }, LeadPlace.Top, Ct)).Error);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent == "Undo conversion"), Patience);

        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent == "Undo conversion").ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("Convert to customer", page.Find(".dfoot").TextContent, StringComparison.Ordinal), Patience);
        await using var db = shop.Open();
        Assert.Null((await db.Leads.SingleAsync(Ct)).ConvertedCustomerId);
    }

    [Fact]
    public async Task A_note_is_edited_in_its_place_and_shows_what_was_changed()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var note = (await shop.As(TestPeople.Manager).Get<LeadNotes>().AddAsync(lead, "Wants 12 crates", Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement($"#line-{note:N}", Patience);

        await page.InvokeAsync(() => Item(page, note, "Edit").ClickAsync());
        var area = page.Find("form[aria-label='Edit note'] textarea");
        Assert.Equal("Wants 12 crates", area.GetAttribute("value"));
        Assert.Contains("Malik Thompson", area.GetAttribute("data-names"), StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form[aria-label='Edit note'] textarea").ChangeAsync("Wants 15 crates"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Edit note']").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Wants 15 crates", page.Find(".tl .bub").TextContent, StringComparison.Ordinal), Patience);

        await page.InvokeAsync(() => page.Find(".tl .edited").ClickAsync());
        page.WaitForAssertion(() => Assert.Equal(("12 ", "15 "), (page.Find(".versions del").TextContent, page.Find(".versions ins").TextContent)), Patience);
        await page.InvokeAsync(() => Item(page, note, "Pin on top").ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("Wants 15 crates", page.Find(".tl.pinned").TextContent, StringComparison.Ordinal), Patience);

        await page.InvokeAsync(() => Item(page, note, "Delete…").ClickAsync());
        Assert.Equal("Delete this note?", page.Find("#delete-line-title").TextContent);
        await page.InvokeAsync(() => page.Find("dialog .btn.bad").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".tl.pinned")), Patience);
        await using var db = shop.Open();
        Assert.Equal(0, await db.LeadNotes.CountAsync(Ct));
    }

    [Fact]
    public async Task A_note_that_somebody_else_changed_is_not_overwritten_by_the_first_click()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var note = (await shop.As(TestPeople.Manager).Get<LeadNotes>().AddAsync(lead, "Wants 12 crates", Ct)).Value;
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement($"#line-{note:N}", Patience);
        await page.InvokeAsync(() => Item(page, note, "Edit").ClickAsync());
        await page.InvokeAsync(() => page.Find("form[aria-label='Edit note'] textarea").ChangeAsync("Wants 15 crates"));
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadNotes>().EditAsync(lead, note, "Wants none", Ct)).Error);

        await page.InvokeAsync(() => page.Find("form[aria-label='Edit note']").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("Malik Thompson changed this note while you were writing. It now says:", page.Find("form[aria-label='Edit note']").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Wants none", page.Find("form[aria-label='Edit note'] .bub").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("form[aria-label='Edit note']").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Wants 15 crates", page.Find(".tl .bub").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_lead_that_is_known_already_is_shown_first_and_saved_only_when_asked_again()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var known = await shop.LeadAsync("Accra Grill House");
        var page = await OpenAsync(shop, TestPeople.Agent, "leads/new");
        await page.InvokeAsync(() => page.Find("#lead-name").ChangeAsync("Accra Gril House"));

        await page.InvokeAsync(() => page.Find("#lead-form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal($"/leads/{known}", page.Find(".dupes a").GetAttribute("href")), Patience);
        Assert.Contains("similar name", page.Find(".dupes").TextContent, StringComparison.Ordinal);
        await using var db = shop.Open();
        Assert.Equal(1, await db.Leads.CountAsync(Ct));
        await page.InvokeAsync(() => page.Find(".dupes button").ClickAsync());
        page.WaitForAssertion(() => Assert.Equal("Accra Gril House", page.Find(".lead-head h2").TextContent), Patience);
        Assert.Equal(2, await db.Leads.CountAsync(Ct));
    }

    [Fact]
    public async Task A_tag_is_added_by_typing_and_taken_away_by_its_cross()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (lead, other) = (await shop.LeadAsync("Accra Grill House"), await shop.LeadAsync("Lagos Kitchen"));
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadTags>().AddAsync(other, "festival", Ct)).Error);
        var page = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        page.WaitForElement(".tags", Patience);

        await page.InvokeAsync(() => page.Find(".tags .btn").ClickAsync());
        Assert.Equal("festival", page.Find("#known-tags option").GetAttribute("value"));
        await page.InvokeAsync(() => page.Find("[aria-label='New tag']").ChangeAsync("Halal"));
        await page.InvokeAsync(() => page.Find(".tags form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("halal", page.Find(".tags .chip").TextContent), Patience);
        await page.InvokeAsync(() => page.Find("[aria-label='Take away the tag halal']").ClickAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".tags .chip")), Patience);
    }

    [Fact]
    [Trait("contract", "M-153")]
    public async Task The_audit_trail_is_shown_to_whoever_may_see_it()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var lead = await shop.LeadAsync("Accra Grill House");
        var agent = await OpenAsync(shop, TestPeople.Agent, $"leads/{lead}");
        agent.WaitForElement(".tl-filters", Patience);
        Assert.DoesNotContain(agent.FindAll(".tl-filters .chip"), c => c.TextContent.Trim() == "Audit");
    }

    [Fact]
    public async Task Management_merges_another_lead_into_this_one()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var (kept, other) = (await shop.LeadAsync("Accra Grill"), await shop.LeadAsync("Lagos Kitchen"));
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadNotes>().AddAsync(other, "From Lagos", Ct)).Error);
        var page = await OpenAsync(shop, TestPeople.Manager, $"leads/{kept}");
        page.WaitForElement("#lead-more", Patience);
        await page.InvokeAsync(() => page.FindAll("#lead-more button").Single(b => b.TextContent.StartsWith("Merge", StringComparison.Ordinal)).ClickAsync());

        await page.InvokeAsync(() => page.Find("#merge-find").InputAsync("lagos"));
        page.WaitForElement(".merge-found .item", Patience);
        await page.InvokeAsync(() => page.Find(".merge-found .item").ClickAsync());
        page.WaitForAssertion(() => Assert.Equal("Merge Lagos Kitchen into Accra Grill?", page.Find("#merge-lead-title").TextContent), Patience);
        await page.InvokeAsync(() => page.FindAll("dialog .btn.p").Single(b => b.TextContent == "Merge").ClickAsync());

        page.WaitForAssertion(() => Assert.Contains("From Lagos", page.Find(".tl").TextContent, StringComparison.Ordinal), Patience);
        await using var db = shop.Open();
        Assert.Equal(kept, (await db.Leads.SingleAsync(Ct)).Id);
    }

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<Web.Features.Leads.Board.LeadBoardPage> page, Guid line, string label) =>
        page.FindAll($"#line-{line:N} button").Single(b => b.TextContent == label);
}
