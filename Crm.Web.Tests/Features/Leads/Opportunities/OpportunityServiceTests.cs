using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

[Trait("contract", "M-138")]
public sealed class OpportunityServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly Guid CustomerA = TestPeople.CustomerA.CustomerId!.Value;

    [Theory, BothDatabases]
    public async Task A_deal_goes_from_its_first_stage_to_its_end_with_the_reason_why(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Agent);
        var (service, moves, queries) = (desk.Get<OpportunityService>(), desk.Get<OpportunityMoves>(), desk.Get<OpportunityQueries>());
        var stages = (await queries.StagesAsync(Ct)).Value;
        Assert.Equal([("Lead", 1000), ("Qualified", 3000), ("Proposal", 5000), ("Negotiation", 7000), ("Won", 10_000), ("Lost", 0)], stages.Select(s => (s.Name, s.ProbabilityBasisPoints)));

        var id = (await service.CreateAsync(new OpportunityEdit { Title = " Weekly yam ", Amount = "1,450.50", CustomerId = CustomerA, ExpectedOn = new DateOnly(2026, 12, 24), OwnerId = TestPeople.Agent.UserId }, null, null, Ct)).Value;
        var deal = (await queries.FindAsync(id, Ct)).Value;
        Assert.Equal(("Weekly yam", "Lead", 145_050, 14_505, "Achieng Otieno", "Ama Boakye"), (deal.Title, deal.StageName, deal.AmountMinor, deal.Weighted.Minor, deal.CustomerName, deal.OwnerName));

        var (proposal, won, lost) = (stages[2].Id, stages[4].Id, stages[5].Id);
        Assert.Equal("Proposal", (await moves.MoveAsync(id, proposal, LeadPlace.Top, null, null, Ct)).Value.StageName);
        Assert.IsType<EndNeedsReason>((await moves.MoveAsync(id, won, LeadPlace.Top, null, null, Ct)).Error);
        Assert.IsType<EndNeedsReason>((await moves.MoveAsync(id, lost, LeadPlace.Top, new OpportunityEnd(WonReason.Price, null), null, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        deal = (await moves.MoveAsync(id, won, LeadPlace.Top, new OpportunityEnd(WonReason.Quality, null, " fresh "), null, Ct)).Value;
        Assert.Equal((DealOutcome.Won, WonReason.Quality, "fresh", shop.Clock.Now), (deal.Outcome, deal.WonReason, deal.OutcomeNote, deal.ClosedAt));
        deal = (await moves.MoveAsync(id, stages[0].Id, LeadPlace.Top, null, null, Ct)).Value;
        Assert.Equal((null, null, null), (deal.ClosedAt, deal.WonReason, deal.OutcomeNote));

        Assert.Null((await service.DeleteAsync(id, Ct)).Error);
        Assert.IsType<OpportunityNotFound>((await queries.FindAsync(id, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_stored_is_said_at_the_field_and_nothing_is_saved(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Agent).Get<OpportunityService>();
        foreach (var (edit, field) in new (OpportunityEdit, string)[]
        {
            (new() { CustomerId = CustomerA }, "Title"),
            (new() { Title = new string('x', 256), CustomerId = CustomerA }, "Title"),
            (new() { Title = "Yam" }, "CustomerId"),
            (new() { Title = "Yam", CustomerId = Guid.CreateVersion7() }, "CustomerId"),
            (new() { Title = "Yam", LeadId = Guid.CreateVersion7() }, "LeadId"),
            (new() { Title = "Yam", CustomerId = CustomerA, Amount = "-1" }, "Amount"),
            (new() { Title = "Yam", CustomerId = CustomerA, Amount = "much" }, "Amount"),
            (new() { Title = "Yam", CustomerId = CustomerA, OwnerId = TestPeople.CustomerB.UserId }, "OwnerId"),
            (new() { Title = "Yam", CustomerId = CustomerA, StageId = Guid.CreateVersion7() }, "StageId"),
            (new() { Title = "Yam", CustomerId = CustomerA, ExpectedOn = new DateOnly(26, 1, 1) }, "ExpectedOn"),
        })
        {
            Assert.NotNull(Assert.IsType<InvalidError>((await service.CreateAsync(edit, null, null, Ct)).Error, exactMatch: false).For(field));
        }
        await using var db = shop.Open();
        Assert.False(await db.Opportunities.AnyAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task Two_people_edit_different_fields_and_both_stand_and_the_same_field_clashes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Agent).Get<OpportunityService>();
        var original = new OpportunityEdit { Title = "Weekly yam", CustomerId = CustomerA };
        var id = (await service.CreateAsync(original, null, null, Ct)).Value;
        OpportunityEdit With(Action<OpportunityEdit> change)
        {
            var edit = original.Copy();
            change(edit);
            return edit;
        }

        Assert.Null((await service.EditAsync(id, original, With(e => e.Amount = "12"), Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.OtherAgent).Get<OpportunityService>().EditAsync(id, original, With(e => e.Title = "Monthly yam"), Ct)).Error);
        var clash = Assert.IsType<OpportunityChangedMeanwhile>((await service.EditAsync(id, original, With(e => e.Title = "Daily yam"), Ct)).Error);

        Assert.Equal(("Tunde Balogun", "Monthly yam", "Daily yam"), (clash.Who, clash.Clashes[0].Theirs, clash.Clashes[0].Mine));
        await using var db = shop.Open();
        var stored = await db.Opportunities.SingleAsync(o => o.Id == id, Ct);
        Assert.Equal(("Monthly yam", 1200), (stored.Title, stored.AmountMinor));
    }

    [Theory, BothDatabases]
    public async Task Many_moves_at_once_leave_every_place_its_own(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Agent);
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++) ids.Add((await desk.Get<OpportunityService>().CreateAsync(new OpportunityEdit { Title = $"Deal {i}", CustomerId = CustomerA }, null, null, Ct)).Value);
        var stage = (await desk.Get<OpportunityQueries>().StagesAsync(Ct)).Value[1].Id;

        var done = await Task.WhenAll(ids.Select((id, i) => Task.Run(() => shop.As(i % 2 == 0 ? TestPeople.Agent : TestPeople.Manager).Get<OpportunityMoves>().MoveAsync(id, stage, LeadPlace.Top, null, null, Ct))));
        Assert.All(done, d => Assert.Null(d.Error));
        Assert.Null((await desk.Get<OpportunityMoves>().MoveAsync(ids[0], stage, new LeadPlace(ids[1], null), null, null, Ct)).Error);

        await using var db = shop.Open();
        var order = await db.Opportunities.Where(o => o.StageId == stage).OrderBy(o => o.Rank).Select(o => new { o.Id, o.Rank }).ToListAsync(Ct);
        Assert.Equal((6, 6), (order.Count, order.Select(o => o.Rank).Distinct().Count()));
        Assert.Equal(order.FindIndex(o => o.Id == ids[1]) + 1, order.FindIndex(o => o.Id == ids[0]));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-231")]
    public async Task An_agent_who_sees_only_their_own_leads_sees_only_their_own_deals_and_nobodys(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        var manager = shop.As(TestPeople.Manager).Get<OpportunityService>();
        var theirs = (await manager.CreateAsync(new OpportunityEdit { Title = "Theirs", CustomerId = CustomerA, OwnerId = TestPeople.OtherAgent.UserId }, null, null, Ct)).Value;
        var mine = (await manager.CreateAsync(new OpportunityEdit { Title = "Mine", CustomerId = CustomerA, OwnerId = TestPeople.Agent.UserId }, null, null, Ct)).Value;
        var nobodys = (await manager.CreateAsync(new OpportunityEdit { Title = "Nobody's", CustomerId = CustomerA }, null, null, Ct)).Value;

        var desk = shop.As(TestPeople.Agent);
        Assert.Equal([mine, nobodys], (await desk.Get<OpportunityQueries>().ListAsync(null, Ct)).Value.Rows.Select(r => r.Id));
        Assert.IsType<OpportunityNotFound>((await desk.Get<OpportunityQueries>().FindAsync(theirs, Ct)).Error);
        Assert.IsType<OpportunityNotFound>((await desk.Get<OpportunityService>().DeleteAsync(theirs, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<OpportunityQueries>().ListAsync(null, Ct)).Error);
    }

    [Theory]
    [InlineData("lead", "Lead")]
    [InlineData("Prospecting", "Lead")]
    [InlineData("Needs Analysis", "Qualified")]
    [InlineData("Proposal/Price Quote", "Proposal")]
    [InlineData("NEGOTIATION", "Negotiation")]
    [InlineData("Closed", "Won")]
    [InlineData("Closed-Won", "Won")]
    [InlineData("closed lost", "Lost")]
    [InlineData("Waiting for the boss", "Lead")]
    [InlineData("", "Lead")]
    public void A_stage_in_words_is_the_one_that_people_mean(string words, string stage)
    {
        OpportunityStage[] stages = [.. new[] { "Lead", "Qualified", "Proposal", "Negotiation", "Won", "Lost" }
            .Select((name, at) => new OpportunityStage { Name = name, Position = at, Outcome = name switch { "Won" => DealOutcome.Won, "Lost" => DealOutcome.Lost, _ => DealOutcome.Open } })];
        Assert.Equal(stage, StageNames.Meant(stages, words).Name);
    }
}
