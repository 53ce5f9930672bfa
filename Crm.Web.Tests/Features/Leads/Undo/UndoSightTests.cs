using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

/// <summary>What is out of sight is neither told nor written, whoever changed it once.</summary>
[Trait("contract", "M-044")]
public sealed class UndoSightTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly HashSet<Guid> Nobody = [];

    [Theory, BothDatabases]
    public async Task A_lead_that_was_given_to_another_is_neither_told_nor_written(DatabaseKind kind)
    {
        await using var shop = await RestrictedAsync(kind);
        var lead = await shop.LeadAsync("Mama Nkechi", owner: TestPeople.Agent);
        var mine = await shop.ChangeOfAsync(() => EditAsync(shop, TestPeople.Agent, lead, e => e.Phone = "+1 416 555 0134"));
        await shop.ChangeOfAsync(() => EditAsync(shop, TestPeople.Manager, lead, e => (e.OwnerId, e.Name) = (TestPeople.OtherAgent.UserId, "Secret Kitchen")));
        await shop.ChangeOfAsync(() => EditAsync(shop, TestPeople.OtherAgent, lead, e => e.Phone = "+1 416 555 0199"));
        var ama = shop.As(TestPeople.Agent);

        foreach (var chosen in new[] { Nobody, [lead] })
        {
            var skip = Assert.Single((await ama.Get<UndoService>().UndoAsync(mine, chosen, Ct)).Value.Skipped);
            Assert.Equal(("A lead", false, 0), (skip.Name, skip.MayChoose, skip.Fields.Count));
        }
        await using (var db = shop.Open()) Assert.Equal("+14165550199", (await db.Leads.SingleAsync(Ct)).Phone);

        var told = Assert.Single((await ama.Get<RecentChanges>().ListAsync(false, null, Ct)).Value.Rows);
        Assert.Equal(("Changed a lead", 0, false), (told.What, told.Fields.Count, told.MayUndo));
        Assert.Contains("Changed Secret Kitchen", (await shop.As(TestPeople.Manager).Get<RecentChanges>().ListAsync(true, null, Ct)).Value.Rows.Select(r => r.What));
    }

    [Theory, BothDatabases]
    public async Task Giving_a_lead_away_oneself_can_be_taken_back_until_somebody_worked_on_it(DatabaseKind kind)
    {
        await using var shop = await RestrictedAsync(kind);
        var lead = await shop.LeadAsync("Mama Nkechi", owner: TestPeople.Agent);
        var ama = shop.As(TestPeople.Agent);
        var gave = await shop.ChangeOfAsync(() => GiveAsync());
        Assert.Equal(1, (await ama.Get<UndoService>().UndoAsync(gave, Nobody, Ct)).Value.Restored);

        gave = await shop.ChangeOfAsync(() => GiveAsync());
        await shop.ChangeOfAsync(() => EditAsync(shop, TestPeople.OtherAgent, lead, e => e.City = "Accra"));
        Assert.Equal("A lead", Assert.Single((await ama.Get<UndoService>().UndoAsync(gave, new HashSet<Guid> { lead }, Ct)).Value.Skipped).Name);
        await shop.ChangeOfAsync(() => EditAsync(shop, TestPeople.OtherAgent, lead, e => (e.City, e.OwnerId) = ("Toronto", TestPeople.Manager.UserId)));
        Assert.Equal("A lead", Assert.Single((await ama.Get<UndoService>().UndoAsync(gave, new HashSet<Guid> { lead }, Ct)).Value.Skipped).Name);
        await using var db = shop.Open();
        Assert.Equal(TestPeople.Manager.UserId, (await db.Leads.SingleAsync(Ct)).OwnerId);

        Task GiveAsync() => EditAsync(shop, TestPeople.Agent, lead, e => (e.OwnerId, e.City) = (TestPeople.OtherAgent.UserId, "Toronto"));
    }

    [Theory, BothDatabases]
    public async Task An_opportunity_that_was_given_to_another_likewise(DatabaseKind kind)
    {
        await using var shop = await RestrictedAsync(kind);
        var deal = await shop.DealAsync("Weekly yam", 0, "100", owner: TestPeople.Agent);
        var mine = await shop.ChangeOfAsync(() => DealAsync(shop, TestPeople.Agent, deal, e => e.Amount = "200"));
        await shop.ChangeOfAsync(() => DealAsync(shop, TestPeople.Manager, deal, e => (e.OwnerId, e.Title) = (TestPeople.OtherAgent.UserId, "Secret")));
        var ama = shop.As(TestPeople.Agent);

        var skip = Assert.Single((await ama.Get<UndoService>().UndoAsync(mine, new HashSet<Guid> { deal }, Ct)).Value.Skipped);
        Assert.Equal(("An opportunity", false, 0), (skip.Name, skip.MayChoose, skip.Fields.Count));
        Assert.Equal(("Changed an opportunity", 0), Assert.Single((await ama.Get<RecentChanges>().ListAsync(false, null, Ct)).Value.Rows) is var told ? (told.What, told.Fields.Count) : default);
        await using var db = shop.Open();
        Assert.Equal(20_000, (await db.Opportunities.SingleAsync(Ct)).AmountMinor);
    }

    private static async Task<TestShop> RestrictedAsync(DatabaseKind kind)
    {
        var shop = await TestShop.OpenAsync(kind);
        await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct);
        return shop;
    }

    private static async Task EditAsync(TestShop shop, TestPerson person, Guid id, Action<LeadEdit> change)
    {
        var desk = shop.As(person);
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value);
        var edit = original.Copy();
        change(edit);
        LeadDeeds.Good(await desk.Get<LeadService>().EditAsync(id, original, edit, Ct));
    }

    private static async Task DealAsync(TestShop shop, TestPerson person, Guid id, Action<OpportunityEdit> change)
    {
        var desk = shop.As(person);
        var original = OpportunityForms.Of((await desk.Get<OpportunityQueries>().FindAsync(id, Ct)).Value);
        var edit = original.Copy();
        change(edit);
        LeadDeeds.Good(await desk.Get<OpportunityService>().EditAsync(id, original, edit, Ct));
    }
}
