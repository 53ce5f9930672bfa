namespace Crm.E2E.Journeys;

/// <summary>An owner works in the panel of one lead: files, a note with its history, a mention, and a lead that is known already.</summary>
[Collection(StreetCollection.Name)]
public sealed class LeadPanelJourney(Street street)
{
    private static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8.ToArray();
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=");

    [Theory, OnBothDatabases, Trait("contract", "M-151"), Trait("contract", "M-137")]
    public async Task A_talk_carries_files_and_a_note_remembers_what_it_said(string database)
    {
        var shop = street.Shop(database);
        await using var owner = await (await street.ComeAsync(shop)).SignInAsync("owner");
        await using var manager = await (await street.ComeAsync(shop)).SignInAsync("manager");
        var page = owner.Page;
        await page.GoAsync("/leads");
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Contacted", Exact = true }).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).First;
        var name = await card.InnerTextAsync();
        await card.ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        var write = drawer.GetByRole(AriaRole.Region, new() { Name = "Write" });

        await write.GetByText("Meeting", new() { Exact = true }).ClickAsync();
        await write.GetByLabel("About").FillAsync("Catering menu");
        await write.GetByLabel("Attach files").SetInputFilesAsync(new FilePayload[]
        {
            new() { Name = "menu.pdf", MimeType = "application/pdf", Buffer = Pdf },
            new() { Name = "market.gif", MimeType = "image/gif", Buffer = Gif },
            new() { Name = "invoice.pdf", MimeType = "application/pdf", Buffer = "MZ\0\0"u8.ToArray() },
        });
        await Assertions.Expect(write.GetByText("“invoice.pdf” cannot be taken.")).ToBeVisibleAsync();
        await write.GetByRole(AriaRole.Button, new() { Name = "Log meeting" }).ClickAsync();
        var files = drawer.GetByRole(AriaRole.List, new() { Name = "Files" }).First;
        await Assertions.Expect(files.GetByRole(AriaRole.Link, new() { Name = "menu.pdf" })).ToBeVisibleAsync();
        Assert.True(await files.Locator("img").EvaluateAsync<bool>("async picture => { await picture.decode(); return picture.naturalWidth === 1; }"));

        var words = write.GetByRole(AriaRole.Textbox, new() { Name = "Note", Exact = true });
        await write.GetByText("Note", new() { Exact = true }).ClickAsync();
        await words.ClickAsync();
        await page.Keyboard.TypeAsync("Gate code 4711, ask @mal");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "Malik Thompson" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("first");
        await write.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        var note = drawer.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Gate code" }).First;
        await Assertions.Expect(note).ToContainTextAsync("@Malik Thompson first");
        await manager.Page.GoAsync("/today");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Notices" }).First.ClickAsync();
        await Assertions.Expect(manager.Page.GetByText($"mentioned you on {name}")).ToBeVisibleAsync();

        await note.GetByRole(AriaRole.Button, new() { Name = "More for this note" }).ClickAsync();
        await note.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        var change = drawer.GetByRole(AriaRole.Form, new() { Name = "Edit note" });
        await change.GetByLabel("Note", new() { Exact = true }).FillAsync("Gate code 4712");
        await change.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await note.GetByRole(AriaRole.Button, new() { Name = "Edited, show history" }).ClickAsync();
        await Assertions.Expect(note.Locator("ins")).ToHaveTextAsync("4712");
        await note.GetByRole(AriaRole.Button, new() { Name = "More for this note" }).ClickAsync();
        await note.GetByRole(AriaRole.Menuitem, new() { Name = "Pin on top" }).ClickAsync();
        await Assertions.Expect(drawer.GetByRole(AriaRole.List, new() { Name = "Pinned notes" })).ToContainTextAsync("Gate code 4712");

        await page.GoAsync("/leads/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add lead" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert, new() { Name = "Possible duplicates" })).ToContainTextAsync("similar name");
        Assert.Empty(owner.Complaints);
    }
}
