using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Notes;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Forms;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Notes;

public sealed class NoteViewTests : BunitContext
{
    private static readonly Guid Achieng = TestPeople.CustomerA.CustomerId!.Value;

    [Fact]
    public async Task A_note_that_changed_while_it_was_edited_is_not_written_over()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var desk = shop.As(TestPeople.Agent);
        var notes = desk.Get<NoteService>();
        var note = (await notes.AddAsync(Achieng, "Likes okra", CancellationToken.None)).Value;
        Services.AddSingleton(notes).AddSingleton(desk.Get<CurrentActor>()).AddSingleton(shop.Get<Shop>()).AddScoped<Drafts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var view = Render<NoteView>(p => p.Add(v => v.Note, note));
        await view.InvokeAsync(() => view.Find("[aria-label='Change this note']").ClickAsync());
        await view.InvokeAsync(() => view.Find("textarea").ChangeAsync("Likes okra and yam"));

        // the same person, at another screen; this one is told and draws the note as it is now
        var theirs = (await notes.EditAsync(note.Id, "Allergic to okra", note.Version, CancellationToken.None)).Value;
        view.Render(p => p.Add(v => v.Note, theirs));
        await view.InvokeAsync(() => view.Find("form").SubmitAsync());

        view.WaitForAssertion(() => Assert.Contains("Allergic to okra", view.Find(".msg.warn").TextContent, StringComparison.Ordinal));
        Assert.Equal("Likes okra and yam", view.Find("textarea").GetAttribute("value"));
        Assert.Equal("Allergic to okra", await TextAsync(shop));

        await view.InvokeAsync(() => view.Find("form").SubmitAsync());
        Assert.Equal("Likes okra and yam", await TextAsync(shop));
    }

    private static async Task<string> TextAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return (await db.CustomerNotes.SingleAsync()).Text;
    }
}
