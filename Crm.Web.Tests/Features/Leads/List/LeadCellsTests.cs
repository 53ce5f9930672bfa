using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadCellsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-126")]
    public async Task A_cell_changes_its_field_alone_and_is_taken_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", value: 10_000, owner: TestPeople.Agent, nextStep: "Call");
        var desk = shop.As(TestPeople.Agent);
        var (cells, rows, undo) = (desk.Get<LeadCells>(), desk.Get<LeadListQueries>(), desk.Get<UndoService>());
        var before = (await rows.RowAsync(id, Ct)).Value;
        Func<Task<Result<Guid>>>[] deeds =
        [
            () => cells.EditAsync(id, new LeadEdit { Value = "100" }, new LeadEdit { Value = "250" }, Ct),
            () => cells.EditAsync(id, new LeadEdit { Priority = LeadPriority.Medium }, new LeadEdit { Priority = LeadPriority.High }, Ct),
            () => cells.EditAsync(id, new LeadEdit { OwnerId = TestPeople.Agent.UserId }, new LeadEdit { OwnerId = TestPeople.OtherAgent.UserId }, Ct),
            () => cells.EditAsync(id, new LeadEdit { NextStep = "Call" }, new LeadEdit { NextStep = "Visit", NextStepOn = new DateOnly(2026, 12, 1) }, Ct),
            () => cells.MoveAsync(id, LeadStatus.Qualified, null, null, Ct),
            () => cells.MoveAsync(id, LeadStatus.Lost, LostReason.Price, null, Ct),
            () => cells.TagAsync(id, [], ["Halal", " festival "], Ct),
        ];
        foreach (var deed in deeds)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var change = (await deed()).Value;
            Assert.NotEqual(Plain(before), Plain((await rows.RowAsync(id, Ct)).Value));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty((await undo.UndoAsync(change, new HashSet<Guid>(), Ct)).Value.Skipped);
            Assert.Equal(Plain(before), Plain((await rows.RowAsync(id, Ct)).Value));
        }
    }

    [Theory, BothDatabases]
    public async Task A_cell_that_a_colleague_changed_meanwhile_shows_both_values_and_saves_neither(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", value: 10_000);
        await shop.As(TestPeople.OtherAgent).Get<LeadCells>().EditAsync(id, new LeadEdit { Value = "100" }, new LeadEdit { Value = "300" }, Ct);
        var cells = shop.As(TestPeople.Agent).Get<LeadCells>();

        var clash = Assert.IsType<LeadChangedMeanwhile>((await cells.EditAsync(id, new LeadEdit { Value = "100" }, new LeadEdit { Value = "250" }, Ct)).Error);

        Assert.Equal(("Tunde Balogun", "300", "250"), (clash.Who, clash.Clashes[0].Theirs, clash.Clashes[0].Mine));
        Assert.Null((await cells.EditAsync(id, new LeadEdit { Priority = LeadPriority.Medium }, new LeadEdit { Priority = LeadPriority.High }, Ct)).Error);
        Assert.Equal(30_000, (await shop.As(TestPeople.Agent).Get<LeadListQueries>().RowAsync(id, Ct)).Value.ValueMinor);
        Assert.IsType<LostNeedsReason>((await cells.MoveAsync(id, LeadStatus.Lost, null, null, Ct)).Error);
        Assert.IsType<InvalidError>((await cells.TagAsync(id, [], [new string('x', 41)], Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task What_changed_nothing_offers_no_way_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", value: 10_000);
        var desk = shop.As(TestPeople.Agent);
        var cells = desk.Get<LeadCells>();
        Assert.NotEqual(Guid.Empty, (await cells.EditAsync(id, new LeadEdit { Value = "100" }, new LeadEdit { Value = "250" }, Ct)).Value);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.As(TestPeople.OtherAgent).Get<LeadCells>().EditAsync(id, new LeadEdit { Priority = LeadPriority.Medium }, new LeadEdit { Priority = LeadPriority.High }, Ct);

        Assert.Equal(Guid.Empty, (await cells.EditAsync(id, new LeadEdit { Priority = LeadPriority.Medium }, new LeadEdit { Priority = LeadPriority.High }, Ct)).Value);
        Assert.Equal(Guid.Empty, (await cells.TagAsync(id, [], [], Ct)).Value);
        Assert.NotEqual(Guid.Empty, (await cells.TagAsync(id, [], ["halal"], Ct)).Value);
        Assert.Equal(Guid.Empty, (await cells.TagAsync(id, ["halal"], ["Halal"], Ct)).Value);
    }

    [Theory, BothDatabases]
    public async Task A_tag_is_the_same_word_in_cell_panel_and_bulk_and_twenty_are_enough_everywhere(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (id, few) = (await shop.LeadAsync("Mama Nkechi"), await shop.LeadAsync("Few"));
        var desk = shop.As(TestPeople.Manager);
        LeadDeed deed = new(LeadDeedKind.Tag, Tag: " #Halal  Meat ");
        Assert.Null((await desk.Get<LeadCells>().TagAsync(id, [], ["#Halal  meat"], Ct)).Error);
        Assert.Null((await desk.Get<Web.Features.Leads.Tags.LeadTags>().AddAsync(id, "#halal meat", Ct)).Error);
        Assert.Equal("Tag 1 lead with halal meat", (await RunAsync([id], deed)).Title);
        Assert.Equal(["halal meat"], (await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value.Tags);
        for (var i = 1; i < Web.Features.Leads.Tags.LeadTags.Most; i++) Assert.Null((await desk.Get<Web.Features.Leads.Tags.LeadTags>().AddAsync(id, $"tag {i}", Ct)).Error);

        Assert.Contains("20 tags at most", Assert.IsType<InvalidError>((await desk.Get<LeadCells>().TagAsync(id, [], ["one more"], Ct)).Error).For("Tags")!, StringComparison.Ordinal);
        Assert.Null((await desk.Get<LeadCells>().TagAsync(id, ["tag 1"], ["one more"], Ct)).Error);
        var run = await RunAsync([id, few], new LeadDeed(LeadDeedKind.Tag, Tag: "too many"));
        Assert.Equal((1, "Mama Nkechi"), (run.Refused, Assert.Single(run.Refusals).Name));
        Assert.Equal(["too many"], (await desk.Get<LeadQueries>().FindAsync(few, Ct)).Value.Tags);

        async Task<Web.Platform.Bulk.BulkRow> RunAsync(Guid[] leads, LeadDeed what)
        {
            var started = (await desk.Get<LeadBulk>().StartAsync(new LeadSelection(new LeadFilter(), leads), what, Ct)).Value;
            await shop.Get<Web.Platform.Bulk.BulkWorker>().WorkDueAsync(Ct);
            return (await desk.Get<Web.Platform.Bulk.BulkRuns>().FindAsync(started, Ct)).Value;
        }
    }

    // A touch by a tag is no change of the trail.
    private static LeadRow Plain(LeadRow row) => row with { UpdatedAt = default, TouchedAt = default, Tags = null!, Source = string.Join(",", row.Tags) };
}
