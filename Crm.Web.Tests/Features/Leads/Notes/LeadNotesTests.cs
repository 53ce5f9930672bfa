using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Notes;
using Crm.Web.Features.Leads.Panel;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Text;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Notes;

public sealed class LeadNotesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-136")]
    [Trait("contract", "M-137")]
    public async Task A_note_keeps_its_author_and_every_version(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var note = (await shop.As(TestPeople.Agent).Get<LeadNotes>().AddAsync(lead, "Wants 12 crates", Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadNotes>().ReviseAsync(lead, note, "Wants 12 crates", "Wants 15 crates on Friday", Ct)).Error);

        var versions = (await shop.As(TestPeople.Agent).Get<NoteHistory>().ReadAsync(lead, note, Ct)).Value;

        Assert.Equal([("Malik Thompson", "Wants 15 crates on Friday"), ("Ama Boakye", "Wants 12 crates")], versions.Select(v => (v.Who, v.Text)));
        Assert.Equal([(DiffKind.Same, "Wants "), (DiffKind.Removed, "12 crates"), (DiffKind.Added, "15 crates on Friday")], Shape(versions[0].Changes));
        var line = (await shop.As(TestPeople.Agent).Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.Notes, Ct)).Value.Lines.Single();
        Assert.Equal(("Ama Boakye", true), (line.Who, line.IsEdited));
    }

    [Theory, BothDatabases]
    public async Task Two_who_write_in_the_same_note_do_not_overwrite_each_other(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var notes = shop.As(TestPeople.Agent).Get<LeadNotes>();
        var note = (await notes.AddAsync(lead, "Wants 12 crates", Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadNotes>().ReviseAsync(lead, note, "Wants 12 crates", "Wants none", Ct)).Error);

        var changed = Assert.IsType<NoteChangedMeanwhile>((await notes.ReviseAsync(lead, note, "Wants 12 crates", "Wants 20", Ct)).Error);

        Assert.Equal(("Malik Thompson", "Wants none"), (changed.Who, changed.Now));
        Assert.Null((await notes.ReviseAsync(lead, note, changed.Now, "Wants 20", Ct)).Error);
        Assert.NotNull(Assert.IsType<InvalidError>((await notes.ReviseAsync(lead, note, "Wants 20", new string('x', 10_001), Ct)).Error).For("Text"));
        Assert.IsType<LeadPartNotFound>((await notes.ReviseAsync(lead, Guid.Empty, "", "x", Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_pinned_note_stands_on_top_once_and_a_deleted_one_is_told_of(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var desk = shop.As(TestPeople.Agent);
        var first = (await desk.Get<LeadNotes>().AddAsync(lead, "Gate code 4711", Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await desk.Get<LeadNotes>().AddAsync(lead, "Second", Ct)).Value;
        Assert.Null((await desk.Get<LeadNotes>().PinAsync(lead, first, true, Ct)).Error);

        var part = (await desk.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Value;
        Assert.Equal(first, Assert.Single(part.Pinned).Id);
        Assert.DoesNotContain(part.Lines, l => l.Id == first);

        Assert.Null((await desk.Get<LeadNotes>().RemoveAsync(lead, second, Ct)).Error);
        part = (await desk.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.Changes, Ct)).Value;
        Assert.Contains(part.Lines, l => l is { Who: "Ama Boakye", Head: "deleted a note:", Strong: "Second" });
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_named_is_told_once_and_nobody_of_their_own_words(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var notes = shop.As(TestPeople.Agent).Get<LeadNotes>();
        var note = (await notes.AddAsync(lead, "@Malik Thompson please look, not @Tunde; I am @Ama Boakye", Ct)).Value;
        Assert.Null((await notes.EditAsync(lead, note, "@malik thompson and @Tunde Balogun, please look", Ct)).Error);
        Assert.Null((await notes.EditAsync(lead, note, "nobody", Ct)).Error);
        Assert.Null((await notes.EditAsync(lead, note, "@Malik Thompson again", Ct)).Error);

        await using var db = shop.Open();
        var told = await db.Notices.OrderBy(n => n.Id).ToListAsync(Ct);
        Assert.Equal(new HashSet<Guid> { TestPeople.Manager.UserId, TestPeople.OtherAgent.UserId }, told.Select(n => n.UserId).ToHashSet());
        Assert.Equal(2, told.Count);
        Assert.All(told, n => Assert.Equal(("mention", $"/leads/{lead}"), (n.Kind, n.Link)));
        Assert.Contains(told, n => n.Text.StartsWith("Ama Boakye mentioned you on Accra Grill House: @Malik Thompson please look", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("call @Ama Boakye", true)]
    [InlineData("@AMA BOAKYE!", true)]
    [InlineData("(@Ama Boakye)", true)]
    [InlineData("@Ama Boakyewaa", false)]
    [InlineData("mail@Ama Boakye", false)]
    [InlineData("Ama Boakye", false)]
    public void A_mention_is_the_whole_name_behind_an_at(string text, bool named) => Assert.Equal(named, NoteMentions.IsNamed("Ama Boakye", text));

    [Theory, BothDatabases]
    [Trait("contract", "M-153")]
    [Trait("contract", "M-154")]
    [Trait("contract", "M-155")]
    public async Task The_trail_of_a_lead_tells_who_changed_which_field_from_what_to_what(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", value: 1_000_00, owner: TestPeople.Agent);
        var malik = shop.As(TestPeople.Manager);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var db = shop.Open())
        {
            var original = malik.Get<LeadForms>().Of(await db.Leads.SingleAsync(Ct));
            var edit = original.Copy();
            (edit.Value, edit.OwnerId) = ("5600", TestPeople.OtherAgent.UserId);
            Assert.Null((await malik.Get<LeadService>().EditAsync(lead, original, edit, Ct)).Error);
        }

        var page = (await shop.As(TestPeople.Owner).Get<LeadTrail>().ReadAsync(lead, null, Ct)).Value;

        Assert.Equal(("Malik Thompson", "Changed the lead"), (page.Rows[0].Who, page.Rows[0].What));
        Assert.Equal([("agent", "Ama Boakye", "Tunde Balogun"), ("value", "$1,000.00", "$5,600.00")], page.Rows[0].Fields.Select(f => (f.Label, f.Before!, f.After!)).Order());
        Assert.Equal("Added the lead", page.Rows[^1].What);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.Agent).Get<LeadTrail>().ReadAsync(lead, null, Ct)).Error);
    }

    private static IEnumerable<(DiffKind, string)> Shape(IEnumerable<DiffPart> parts) => parts.Select(p => (p.Kind, p.Text));
}
