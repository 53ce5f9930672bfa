using Crm.Data.Bulk;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadBulkTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly LeadSelection All = new(new LeadFilter(), null);
    private static readonly LeadDeed ToOther = new(LeadDeedKind.Assign, OwnerId: TestPeople.OtherAgent.UserId);

    [Theory, BothDatabases]
    [Trait("contract", "M-130")]
    [Trait("contract", "M-126")]
    public async Task Five_thousand_leads_are_changed_and_exactly_undone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadsAsync(3_000, LeadStatus.New);
        await shop.LeadsAsync(2_000, LeadStatus.Contacted);
        var before = await ContentsAsync(shop);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var desk = shop.As(TestPeople.Manager);

        var run = await RunAsync(shop, desk, All, new LeadDeed(LeadDeedKind.Stage, Status: LeadStatus.Lost, Reason: LostReason.NotNow));

        Assert.Equal((BulkState.Finished, 5_000, 5_000, 0, "Move 5,000 leads to Lost"), (run.State, run.Total, run.Done, run.Refused, run.Title));
        await using (var db = shop.Open()) Assert.Equal(5_000, await db.Leads.CountAsync(l => l.Status == LeadStatus.Lost && l.LostReason == LostReason.NotNow));

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var undo = (await desk.Get<UndoService>().UndoAsync(run.Id, new HashSet<Guid>(), Ct)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);

        var undone = (await desk.Get<BulkRuns>().FindAsync(undo.RunId!.Value, Ct)).Value;
        Assert.Equal((BulkState.Finished, 5_000, 0, "Undo: Move 5,000 leads to Lost"), (undone.State, undone.Done, undone.Refused, undone.Title));
        Assert.Equal(before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task Every_deed_reaches_every_lead_of_the_filter_and_goes_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Manager);
        await shop.LeadAsync("Not of the filter", priority: LeadPriority.Low);
        foreach (var at in Enumerable.Range(0, 7)) await shop.LeadAsync($"Lead {at}", at < 5 ? LeadStatus.New : LeadStatus.Qualified, priority: LeadPriority.High, owner: TestPeople.Agent);
        var selection = new LeadSelection(new LeadFilter { Priorities = [LeadPriority.High] }, null);
        LeadDeed[] deeds =
        [
            ToOther, new(LeadDeedKind.Assign), new(LeadDeedKind.Stage, Status: LeadStatus.Contacted), new(LeadDeedKind.Stage, Status: LeadStatus.Lost, Reason: LostReason.Other, Note: "Closed"),
            new(LeadDeedKind.Priority, Priority: LeadPriority.Medium), new(LeadDeedKind.Tag, Tag: " Festival "), new(LeadDeedKind.Delete),
        ];
        foreach (var deed in deeds)
        {
            var before = await ContentsAsync(shop);
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var run = await RunAsync(shop, desk, selection, deed);
            Assert.Equal((7, 7, 0), (run.Total, run.Done, run.Refused));
            Assert.NotEqual(before, await ContentsAsync(shop));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty((await desk.Get<UndoService>().UndoAsync(run.Id, new HashSet<Guid>(), Ct)).Value.Skipped);
            Assert.Equal(before, await ContentsAsync(shop));
        }
    }

    [Theory, BothDatabases]
    public async Task A_lead_that_somebody_changed_or_deleted_meanwhile_is_listed_and_left(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (plain, taken, gone) = (await shop.LeadAsync("Plain"), await shop.LeadAsync("Taken"), await shop.LeadAsync("Gone"));
        var desk = shop.As(TestPeople.Manager);
        var id = (await desk.Get<LeadBulk>().StartAsync(All, ToOther, Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromSeconds(5));
        var owner = shop.As(TestPeople.Owner);
        var form = owner.Get<LeadForms>().Of((await owner.Get<LeadQueries>().FindAsync(taken, Ct)).Value);
        var edit = form.Copy();
        edit.OwnerId = TestPeople.Agent.UserId;
        Assert.Null((await owner.Get<LeadService>().EditAsync(taken, form, edit, Ct)).Error);
        Assert.Null((await owner.Get<LeadService>().DeleteAsync(gone, Ct)).Error);

        await shop.Get<BulkWorker>().WorkDueAsync(Ct);

        var run = (await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value;
        Assert.Equal((3, 2, 1), (run.Done, run.Refused, run.Changed));
        Assert.Equal(["Gone: Efua Asante deleted it meanwhile.", "Taken: Efua Asante changed the agent meanwhile."], run.Refusals.Select(r => $"{r.Name}: {r.Why}").Order());
        await using var db = shop.Open();
        Assert.Equal(TestPeople.Agent.UserId, (await db.Leads.SingleAsync(l => l.Id == taken)).OwnerId);
        Assert.Equal(TestPeople.OtherAgent.UserId, (await db.Leads.SingleAsync(l => l.Id == plain)).OwnerId);
    }

    [Theory, BothDatabases]
    public async Task A_run_that_is_stopped_keeps_what_it_did_and_undoes_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadsAsync(1_000, LeadStatus.New);
        var before = await ContentsAsync(shop);
        var desk = shop.As(TestPeople.Manager);
        var id = (await desk.Get<LeadBulk>().StartAsync(All, ToOther, Ct)).Value;
        await shop.Get<BulkWorker>().DieAfterAsync(2, Ct);

        Assert.Null((await desk.Get<BulkRuns>().StopAsync(id, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);

        var run = (await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value;
        Assert.Equal((BulkState.Cancelled, 400), (run.State, run.Done));
        await using (var db = shop.Open()) Assert.Equal(400, await db.Leads.CountAsync(l => l.OwnerId == TestPeople.OtherAgent.UserId));
        Assert.IsType<BulkEnded>((await desk.Get<BulkRuns>().StopAsync(id, Ct)).Error);
        Assert.Equal(400, (await desk.Get<UndoService>().UndoAsync(id, new HashSet<Guid>(), Ct)).Value.Restored);
        Assert.Equal(before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task Another_node_goes_on_after_one_died_and_no_lead_is_gone_through_twice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadsAsync(1_000, LeadStatus.New);
        var desk = shop.As(TestPeople.Manager);
        var id = (await desk.Get<LeadBulk>().StartAsync(All, ToOther, Ct)).Value;
        var dying = shop.Get<BulkWorker>();
        using var other = Node(shop);
        await dying.DieAfterAsync(2, Ct);

        await other.WorkDueAsync(Ct);
        Assert.Equal(400, (await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value.Done);

        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await other.WorkDueAsync(Ct);

        Assert.Equal((BulkState.Finished, 1_000), ((await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value is var run ? run.State : default, run.Done));
        await using var db = shop.Open();
        var times = await db.AuditEntries.Where(a => a.ChangeId == id).GroupBy(a => a.EntityId).Select(g => g.Count()).ToListAsync();
        Assert.Equal((1_000, 1), (times.Count, times.Max()));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-044")]
    public async Task Sight_and_rights_are_asked_for_every_lead_and_again_while_it_runs(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("Mine", owner: TestPeople.Agent);
        var theirs = await shop.LeadAsync("Theirs", owner: TestPeople.OtherAgent);
        await shop.As(TestPeople.Owner).Get<Web.Features.Accounts.RoleRights.RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct);
        var agent = shop.As(TestPeople.Agent);

        Assert.IsType<ForbiddenError>((await agent.Get<LeadBulk>().StartAsync(All, new LeadDeed(LeadDeedKind.Delete), Ct)).Error);
        Assert.IsType<BulkConversion>((await agent.Get<LeadBulk>().StartAsync(All, new LeadDeed(LeadDeedKind.Stage, Status: LeadStatus.Converted), Ct)).Error);
        Assert.IsType<LostNeedsReason>((await agent.Get<LeadBulk>().StartAsync(All, new LeadDeed(LeadDeedKind.Stage, Status: LeadStatus.Lost), Ct)).Error);
        Assert.IsType<NothingChosen>((await agent.Get<LeadBulk>().StartAsync(new LeadSelection(new LeadFilter(), [theirs]), ToOther, Ct)).Error);
        Assert.Equal(1, (await RunAsync(shop, agent, All, new LeadDeed(LeadDeedKind.Priority, Priority: LeadPriority.High))).Total);

        var late = (await agent.Get<LeadBulk>().StartAsync(All, ToOther, Ct)).Value;
        await using (var db = shop.Open()) await db.Users.Where(u => u.Id == TestPeople.Agent.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.IsActive, false));
        shop.Get<Web.Platform.Live.ChangeFeed>().Forget([new Crm.Data.ChangeTopic(Crm.Data.ChangeKinds.User, TestPeople.Agent.UserId)]);
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);
        Assert.Equal(BulkState.Failed, (await shop.As(TestPeople.Manager).Get<BulkRuns>().FindAsync(late, Ct)).Value.State);
        Assert.IsType<BulkNotFound>((await shop.As(TestPeople.OtherAgent).Get<BulkRuns>().FindAsync(late, Ct)).Error);
    }

    private static BulkWorker Node(TestShop shop)
    {
        var options = Options.Create(new BulkOptions());
        return new BulkWorker(shop.Get<IServiceScopeFactory>(), shop.Get<StaffDirectory>(), new BulkLeases(shop.Database, options), shop.Get<Web.Platform.Live.ChangeFeed>(), shop.Clock, options, NullLogger<BulkWorker>.Instance);
    }

    private static async Task<BulkRow> RunAsync(TestShop shop, TestDesk desk, LeadSelection selection, LeadDeed deed)
    {
        var id = (await desk.Get<LeadBulk>().StartAsync(selection, deed, Ct)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);
        return (await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value;
    }

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await TableContents.ReadWithoutAsync(db, ["AuditEntries", "NumberCounters", "BulkRuns"], ["Version", "UpdatedAt"], ["SearchEntries.Id"]);
    }
}
