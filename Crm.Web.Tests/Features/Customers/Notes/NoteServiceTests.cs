using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Notes;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Notes;

public sealed class NoteServiceTests
{
    private static readonly Guid Achieng = TestPeople.CustomerA.CustomerId!.Value;

    [Theory, BothDatabases, Trait("contract", "M-085"), Trait("contract", "M-086")]
    public async Task A_note_keeps_its_text_author_and_times(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var notes = shop.As(TestPeople.Agent).Get<NoteService>();

        var note = (await notes.AddAsync(Achieng, "  Cooking for **40** people  ", CancellationToken.None)).Value;
        shop.Clock.Advance(TimeSpan.FromHours(2));
        var edited = (await notes.EditAsync(note.Id, "For 45", note.Version, CancellationToken.None)).Value;

        Assert.Equal(("Cooking for **40** people", "Ama Boakye", true, TestClock.Start, TestClock.Start), (note.Text, note.Author, note.IsMine, note.CreatedAt, note.UpdatedAt));
        Assert.Equal(("For 45", TestClock.Start, TestClock.Start.AddHours(2)), (edited.Text, edited.CreatedAt, edited.UpdatedAt));
        var read = Assert.Single((await shop.As(TestPeople.Owner).Get<NoteService>().ListAsync(Achieng, null, NoteService.PageSize, CancellationToken.None)).Value.Rows);
        Assert.Equal(edited with { IsMine = false }, read);
    }

    [Theory, BothDatabases]
    public async Task Only_the_author_changes_a_note_and_everybody_on_staff_pins_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var note = (await shop.As(TestPeople.Agent).Get<NoteService>().AddAsync(Achieng, "Mine", CancellationToken.None)).Value;
        var owner = shop.As(TestPeople.Owner).Get<NoteService>();

        var refusal = Assert.IsType<NoteNotYours>((await owner.EditAsync(note.Id, "Theirs", note.Version, CancellationToken.None)).Error);
        Assert.True((await owner.PinAsync(note.Id, true, CancellationToken.None)).Value.IsPinned);

        Assert.Equal("Ama Boakye", refusal.Author);
        var page = (await owner.ListAsync(Achieng, null, NoteService.PageSize, CancellationToken.None)).Value;
        Assert.Equal("Mine", Assert.Single(page.Pinned).Text);
        Assert.Empty(page.Rows);
    }

    [Theory, BothDatabases]
    public async Task A_note_changed_in_another_window_is_not_overwritten(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var notes = shop.As(TestPeople.Agent).Get<NoteService>();
        var note = (await notes.AddAsync(Achieng, "First", CancellationToken.None)).Value;
        await notes.EditAsync(note.Id, "Second", note.Version, CancellationToken.None);

        var clash = Assert.IsType<NoteChanged>((await notes.EditAsync(note.Id, "Third", note.Version, CancellationToken.None)).Error);

        Assert.Equal("Second", clash.Text);
        Assert.Equal("Third", (await notes.EditAsync(note.Id, "Third", clash.Version, CancellationToken.None)).Value.Text);
    }

    [Theory, BothDatabases]
    public async Task Notes_come_newest_first_page_by_page(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            for (var i = 0; i < 45; i++)
            {
                var note = new CustomerNote { CustomerId = Achieng, CreatedAt = TestClock.Start.AddMinutes(i / 2) };
                note.Write($"Note {i:00}", note.CreatedAt);
                db.CustomerNotes.Add(note);
            }
            await db.SaveChangesAsync();
        }
        var notes = shop.As(TestPeople.Agent).Get<NoteService>();

        var read = new List<NoteRow>();
        NotePage page;
        do
        {
            page = (await notes.ListAsync(Achieng, read.Count == 0 ? null : Cursor.At(read[^1].CreatedAt, read[^1].Id), NoteService.PageSize, CancellationToken.None)).Value;
            read.AddRange(page.Rows);
        }
        while (page.HasMore);

        Assert.Equal(read.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Select(n => n.Id), read.Select(n => n.Id));
        Assert.Equal(45, read.DistinctBy(n => n.Id).Count());
    }

    [Theory, BothDatabases]
    public async Task Empty_endless_and_homeless_notes_are_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var notes = shop.As(TestPeople.Agent).Get<NoteService>();

        Assert.IsType<InvalidError>((await notes.AddAsync(Achieng, " \n", CancellationToken.None)).Error);
        Assert.IsType<InvalidError>((await notes.AddAsync(Achieng, new string('x', CustomerNote.TextLength + 1), CancellationToken.None)).Error);
        Assert.IsType<CustomerNotFound>((await notes.AddAsync(Guid.CreateVersion7(), "x", CancellationToken.None)).Error);
        Assert.IsType<NoteNotFound>((await notes.EditAsync(Guid.CreateVersion7(), "x", 0, CancellationToken.None)).Error);
    }

    [Theory, BothDatabases, Trait("contract", "M-044")]
    public async Task A_customer_neither_reads_nor_writes_notes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var note = (await shop.As(TestPeople.Agent).Get<NoteService>().AddAsync(Achieng, "Secret", CancellationToken.None)).Value;
        var before = await shop.StoredAsync();

        foreach (var desk in shop.Outsiders())
        {
            var notes = desk.Get<NoteService>();
            Assert.IsType<ForbiddenError>((await notes.ListAsync(Achieng, null, NoteService.PageSize, CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await notes.AddAsync(Achieng, "x", CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await notes.EditAsync(note.Id, "x", note.Version, CancellationToken.None)).Error);
            Assert.IsType<ForbiddenError>((await notes.PinAsync(note.Id, true, CancellationToken.None)).Error);
        }
        Assert.Equal(before, await shop.StoredAsync());
        await using var db = shop.Open();
        Assert.Equal(("Secret", false), await db.CustomerNotes.Select(n => new ValueTuple<string, bool>(n.Text, n.IsPinned)).SingleAsync());
    }
}
