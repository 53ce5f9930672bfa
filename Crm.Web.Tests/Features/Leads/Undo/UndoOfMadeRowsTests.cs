using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

/// <summary>What a change made goes again, unless somebody worked on just that since.</summary>
[Trait("contract", "M-155")]
public sealed class UndoOfMadeRowsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly HashSet<Guid> Nobody = [];

    [Theory, BothDatabases]
    public async Task A_note_that_a_colleague_rewrote_stays_unless_it_is_chosen(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var (malik, ama) = (shop.As(TestPeople.Manager), shop.As(TestPeople.Agent));
        var note = Guid.Empty;
        var change = await shop.ChangeOfAsync(async () => note = (await malik.Get<LeadNotes>().AddAsync(lead, "Likes goat", Ct)).Value);
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<LeadNotes>().EditAsync(lead, note, "Three days of work", Ct)));

        var left = (await malik.Get<UndoService>().UndoAsync(change, Nobody, Ct)).Value;

        var skip = Assert.Single(left.Skipped);
        Assert.Equal((0, note, true), (left.Restored, skip.RowId, skip.MayChoose));
        Assert.Contains("Ama Boakye", skip.Why, StringComparison.Ordinal);
        await using (var db = shop.Open()) Assert.Equal("Three days of work", (await db.LeadNotes.SingleAsync(Ct)).Text);

        Assert.Equal(1, (await malik.Get<UndoService>().UndoAsync(change, new HashSet<Guid> { note }, Ct)).Value.Restored);
        await using (var db = shop.Open()) Assert.False(await db.LeadNotes.AnyAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task What_was_done_and_taken_back_since_is_no_work_on_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var (malik, ama) = (shop.As(TestPeople.Manager), shop.As(TestPeople.Agent));
        var note = Guid.Empty;
        var made = await shop.ChangeOfAsync(async () => note = (await malik.Get<LeadNotes>().AddAsync(lead, "Likes goat", Ct)).Value);
        var edited = await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<LeadNotes>().EditAsync(lead, note, "Likes lamb", Ct)));
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<UndoService>().UndoAsync(edited, Nobody, Ct)));

        var undone = (await malik.Get<UndoService>().UndoAsync(made, Nobody, Ct)).Value;

        Assert.Equal((1, 0), (undone.Restored, undone.Skipped.Count));
    }

    [Theory, BothDatabases]
    public async Task Tags_of_many_leads_go_whatever_else_was_done_with_the_leads(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Guid[] leads = [await shop.LeadAsync("One"), await shop.LeadAsync("Two"), await shop.LeadAsync("Three")];
        var (malik, ama) = (shop.As(TestPeople.Manager), shop.As(TestPeople.Agent));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var run = (await malik.Get<LeadBulk>().StartAsync(new LeadSelection(new LeadFilter(), leads), new LeadDeed(LeadDeedKind.Tag, Tag: "festival"), Ct)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<LeadTalks>().LogAsync(leads[0], new LeadTalkEdit { Subject = "Prices" }, Ct)));
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<LeadTags>().AddAsync(leads[1], "halal", Ct)));
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await ama.Get<LeadMoves>().MoveAsync(leads[2], LeadStatus.Qualified, LeadPlace.Top, Ct)));

        var undone = (await malik.Get<UndoService>().UndoAsync(run, Nobody, Ct)).Value;

        Assert.Equal((3, 0), (undone.Restored, undone.Skipped.Count));
        await using var db = shop.Open();
        Assert.Equal("halal", (await db.LeadTags.SingleAsync(Ct)).Name);
    }

    [Theory, BothDatabases]
    public async Task A_lead_on_which_somebody_wrote_or_made_an_opportunity_since_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (malik, ama) = (shop.As(TestPeople.Manager), shop.As(TestPeople.Agent));
        Func<Guid, Task>[] works =
        [
            async lead => LeadDeeds.Good(await ama.Get<LeadNotes>().AddAsync(lead, "Likes goat", Ct)),
            async lead => LeadDeeds.Good(await ama.Get<OpportunityService>().CreateAsync(new OpportunityEdit { Title = "Wedding", LeadId = lead }, null, null, Ct)),
        ];
        foreach (var work in works)
        {
            var lead = Guid.Empty;
            var made = await shop.ChangeOfAsync(async () => lead = (await malik.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill House" }, Ct)).Value);
            await shop.ChangeOfAsync(() => work(lead));

            var skip = Assert.Single((await malik.Get<UndoService>().UndoAsync(made, Nobody, Ct)).Value.Skipped);

            Assert.Equal(("Accra Grill House", true), (skip.Name, skip.MayChoose));
            await using (var db = shop.Open()) Assert.True(await db.Leads.AnyAsync(l => l.Id == lead, Ct));
            Assert.Equal(1, (await malik.Get<UndoService>().UndoAsync(made, new HashSet<Guid> { lead }, Ct)).Value.Restored);
        }
    }

    [Theory, BothDatabases]
    public async Task A_talk_to_which_a_colleague_added_a_file_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var (malik, ama) = (shop.As(TestPeople.Manager), shop.As(TestPeople.Agent));
        var talk = Guid.Empty;
        var made = await shop.ChangeOfAsync(async () => talk = (await malik.Get<LeadTalks>().LogAsync(lead, new LeadTalkEdit { Subject = "Prices" }, Ct)).Value);
        await shop.ChangeOfAsync(async () =>
        {
            var opened = (await ama.Get<LeadTalks>().OpenAsync(lead, talk, Ct)).Value;
            var edit = opened.Edit.Copy();
            edit.Files = [new NewFile("menu.pdf", SomeFiles.Pdf)];
            LeadDeeds.Good(await ama.Get<LeadTalks>().EditAsync(lead, talk, opened.Edit, edit, Ct));
        });

        Assert.True(Assert.Single((await malik.Get<UndoService>().UndoAsync(made, Nobody, Ct)).Value.Skipped).MayChoose);
        await using var db = shop.Open();
        Assert.Equal(1, await db.CorrespondenceFiles.CountAsync(Ct));
    }
}
