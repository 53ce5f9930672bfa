using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Insights;
using Crm.Web.Features.Insights.Finder;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Calendar;
using Crm.Web.Features.Leads.Duplicates;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>When agents see only their own leads, nobody else's is seen, counted, found, exported or changed by any way.</summary>
[Trait("contract", "M-047")]
public sealed class LeadSightTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task An_agent_sees_counts_finds_and_exports_own_leads_and_nobodys(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs, free) = await ThreeLeadsAsync(shop);
        var desk = shop.As(TestPeople.Agent);

        var board = desk.Get<LeadBoardQueries>();
        Assert.Equal([mine, free], (await board.LaneAsync(new LeadFilter(), LeadStatus.New, null, 25, Ct)).Value.Rows.Select(c => c.Id));
        Assert.Equal((2, 400), (await board.TotalsAsync(new LeadFilter(), Ct)).Value.Where(t => t.Status is LeadStatus.New).Select(t => (t.Count, t.ValueMinor)).Single());
        Assert.Equal(2, (await board.TabsAsync(Ct)).Value.Open);
        Assert.Empty((await board.CardsAsync(new LeadFilter { Search = "Secret" }, [theirs], Ct)).Value);
        Assert.DoesNotContain("Their fair", (await board.SourcesAsync(Ct)).Value);
        Assert.Equal([mine, free], await desk.Get<LeadExport>().Rows(new LeadFilter(), Ct).Value.Select(r => r.Id).ToListAsync(Ct));
        Assert.Empty((await board.LaneAsync(new LeadFilter { Agents = [TestPeople.OtherAgent.UserId] }, LeadStatus.New, null, 25, Ct)).Value.Rows);

        var dashboard = (await desk.Get<Dashboard>().DeskAsync(Ct)).Value;
        Assert.Equal((2, 1), (dashboard.Pipeline.Single(p => p.Status is LeadStatus.New).Count, dashboard.Counts.Contacts));
        Assert.Equal(2, dashboard.Priorities.Sum(p => p.Count));
        Assert.Equal(1, dashboard.Counts.Overdue + dashboard.Counts.DueToday);
        Assert.DoesNotContain(dashboard.Recent, a => a.Who.Contains("Secret", StringComparison.Ordinal) || a.What.Contains("Secret", StringComparison.Ordinal));
        Assert.DoesNotContain((await desk.Get<Web.Features.Leads.Day.DayQueries>().ReadAsync(everybody: true, Ct)).Value.Rows, r => r.LeadId == theirs);
        Assert.Equal([mine], (await desk.Get<ReminderQueries>().PageAsync(ReminderList.Overdue, true, null, ReminderQueries.PageSize, Ct)).Value.Rows.Select(r => r.LeadId));
        Assert.Equal((1, 1), ((await desk.Get<ReminderQueries>().OverdueAsync(Ct)).Value, (await desk.Get<ReminderQueries>().CountsAsync(true, Ct)).Value.Overdue));
        Assert.Equal([mine], (await desk.Get<CalendarQueries>().ReadAsync(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1), true, Ct)).Value.Entries.Select(e => e.LeadId));
    }

    [Theory, BothDatabases]
    public async Task Anothers_lead_is_as_good_as_none_to_every_command(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (_, theirs, _) = await ThreeLeadsAsync(shop);
        Guid contact, reminder;
        await using (var db = shop.Open())
            (contact, reminder) = (await db.LeadContacts.Where(c => c.LeadId == theirs).Select(c => c.Id).SingleAsync(Ct), await db.Reminders.Where(r => r.LeadId == theirs).Select(r => r.Id).SingleAsync(Ct));
        var before = await ContentsAsync(shop);
        var desk = shop.As(TestPeople.Agent);

        Error?[] answers =
        [
            (await desk.Get<LeadQueries>().FindAsync(theirs, Ct)).Error,
            (await desk.Get<LeadQueries>().LastChangeAsync(theirs, Ct)).Error,
            (await desk.Get<LeadTimeline>().ReadAsync(theirs, null, TimelineFilter.All, Ct)).Error,
            (await desk.Get<LeadService>().EditAsync(theirs, new LeadEdit { Name = "Secret Kitchen" }, new LeadEdit { Name = "Mine now" }, Ct)).Error,
            (await desk.Get<LeadMoves>().MoveAsync(theirs, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error,
            (await desk.Get<LeadMoves>().LoseAsync(theirs, LostReason.Price, null, LeadPlace.Top, Ct)).Error,
            (await desk.Get<LeadConversion>().ConvertAsync(theirs, new ConversionEdit { FirstName = "X" }, LeadPlace.Top, Ct)).Error,
            (await desk.Get<LeadContacts>().AddAsync(theirs, new LeadContactEdit { Name = "X" }, Ct)).Error,
            (await desk.Get<LeadContacts>().EditAsync(theirs, contact, new LeadContactEdit { Name = "Kwame" }, new LeadContactEdit { Name = "X" }, Ct)).Error,
            (await desk.Get<LeadNotes>().AddAsync(theirs, "X", Ct)).Error,
            (await desk.Get<LeadReminders>().AddAsync(theirs, new LeadReminderEdit { Title = "X", On = new DateOnly(2026, 11, 27) }, Ct)).Error,
            (await desk.Get<LeadReminders>().FinishAsync(theirs, reminder, Ct)).Error,
            (await desk.Get<LeadReminders>().ReopenAsync(theirs, reminder, Ct)).Error,
            (await desk.Get<LeadReminders>().CancelAsync(theirs, reminder, Ct)).Error,
            (await desk.Get<LeadReminders>().SnoozeAsync(theirs, reminder, SnoozeBy.Hour, Ct)).Error,
            (await desk.Get<LeadReminders>().MoveAsync(theirs, reminder, shop.Clock.Now, Ct)).Error,
            (await desk.Get<LeadReminders>().AssignAsync(theirs, reminder, null, Ct)).Error,
            (await desk.Get<LeadReminders>().EditAsync(theirs, reminder, null, new LeadReminderEdit { Title = "X", On = new DateOnly(2026, 11, 27) }, Ct)).Error,
            (await desk.Get<LeadNextSteps>().MoveAsync(theirs, new LeadStep(null, null), shop.Clock.Now, Ct)).Error,
            (await desk.Get<LeadTalks>().LogAsync(theirs, new LeadTalkEdit { Subject = "X" }, Ct)).Error,
            (await desk.Get<LeadNextSteps>().FinishAsync(theirs, new LeadStep(null, null), Ct)).Error,
        ];

        Assert.All(answers, answer => Assert.IsType<LeadNotFound>(answer));
        Assert.Empty((await desk.Get<LeadConversion>().CandidatesAsync(theirs, null, Ct)).Value);
        Assert.Equal(before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task Nobodys_lead_can_be_taken_and_then_is_out_of_the_others_sight(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (_, _, free) = await ThreeLeadsAsync(shop);
        var desk = shop.As(TestPeople.Agent);
        var form = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(free, Ct)).Value);
        var edit = form.Copy();
        edit.OwnerId = TestPeople.Agent.UserId;

        Assert.Null((await desk.Get<LeadService>().EditAsync(free, form, edit, Ct)).Error);

        Assert.IsType<LeadNotFound>((await shop.As(TestPeople.OtherAgent).Get<LeadQueries>().FindAsync(free, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadQueries>().FindAsync(free, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_free_opportunity_of_anothers_lead_tells_nobody_whose_it_is_and_others_do_not_push_own_hits_out(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs, _) = await ThreeLeadsAsync(shop);
        await shop.DealAsync("Weekly yam", leadId: theirs);
        for (var i = 0; i < FindQueries.Most + 8; i++) await shop.LeadAsync($"Grill of somebody {i}", owner: TestPeople.OtherAgent);
        var desk = shop.As(TestPeople.Agent);

        Assert.Equal("A lead of somebody else", Assert.Single((await desk.Get<OpportunityQueries>().ListAsync(null, Ct)).Value.Rows).LeadName);
        Assert.Empty((await desk.Get<DealBoardQueries>().ListAsync(new DealFilter { Search = "Secret" }, 10, Ct)).Value.Rows);
        Assert.Single((await desk.Get<DealBoardQueries>().ListAsync(new DealFilter { Search = "yam" }, 10, Ct)).Value.Rows);
        Assert.Equal([mine], (await desk.Get<FindQueries>().FindAsync("grill", Ct)).Value.Select(f => f.Id));
        Assert.Equal([mine], (await desk.Get<DealBoardQueries>().PartiesAsync("grill", Ct)).Value.Select(p => p.LeadId!.Value));
        Assert.Equal([mine], (await desk.Get<LeadDuplicates>().FindAsync(new LeadEdit { Name = "Grill Accra House" }, null, Ct)).Value.Select(d => d.Id));
        Assert.Contains((await shop.As(TestPeople.Owner).Get<OpportunityQueries>().ListAsync(null, Ct)).Value.Rows, r => r.LeadName == "Secret Kitchen");
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_not_see_customers_reads_no_name_of_theirs_and_gives_them_no_opportunity(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = TestPeople.CustomerA.CustomerId; // Achieng Otieno
        await shop.DealAsync("Weekly yam", customerId: customer);
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeCustomers, false, Ct)).Error);
        var desk = shop.As(TestPeople.Agent);

        Assert.Equal("A customer", Assert.Single((await desk.Get<OpportunityQueries>().ListAsync(null, Ct)).Value.Rows).CustomerName);
        Assert.Empty((await desk.Get<DealBoardQueries>().ListAsync(new DealFilter { Search = "Otieno" }, 10, Ct)).Value.Rows);
        var edit = new OpportunityEdit { Title = "Rice", CustomerId = customer, StageId = (await shop.StagesAsync())[0].Id };
        Assert.Equal("This customer does not exist any more.", Assert.IsType<InvalidError>((await desk.Get<OpportunityService>().CreateAsync(edit, null, null, Ct)).Error).For(nameof(edit.CustomerId)));
    }

    private static async Task<(Guid Mine, Guid Theirs, Guid Free)> ThreeLeadsAsync(TestShop shop)
    {
        var mine = await shop.LeadAsync("Accra Grill House", value: 100, owner: TestPeople.Agent);
        var theirs = await shop.LeadAsync("Secret Kitchen", value: 200, owner: TestPeople.OtherAgent, source: "Their fair");
        var free = await shop.LeadAsync("Free for all", value: 300);
        var owner = shop.As(TestPeople.Owner);
        foreach (var lead in new[] { mine, theirs })
        {
            await owner.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame", Phone = "+16475550199" }, Ct);
            await owner.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 19), UserId = TestPeople.Agent.UserId }, Ct);
            await owner.Get<LeadTalks>().LogAsync(lead, new LeadTalkEdit { Subject = "Price" }, Ct);
        }
        Assert.Null((await owner.Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        return (mine, theirs, free);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await TableContents.ReadAsync(db);
    }
}
