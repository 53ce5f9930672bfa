using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>Nobody but staff reads or changes a lead, however they come by the service.</summary>
public sealed class LeadAccessTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-035")]
    [Trait("contract", "M-046")]
    public async Task A_customer_and_a_stranger_are_refused_everything_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", nextStep: "Call", nextStepAt: TestClock.Start);
        var agent = shop.As(TestPeople.Agent);
        var contact = (await agent.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        var reminder = (await agent.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27) }, Ct)).Value;
        var before = await CountsAsync(shop);

        foreach (var desk in new[] { shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            var edit = new LeadEdit { Name = "Mine now" };
            Error?[] answers =
            [
                (await desk.Get<LeadBoardQueries>().TotalsAsync(new LeadFilter(), Ct)).Error,
                (await desk.Get<LeadBoardQueries>().LaneAsync(new LeadFilter(), LeadStatus.New, null, 25, Ct)).Error,
                (await desk.Get<LeadBoardQueries>().CardsAsync(new LeadFilter(), [lead], Ct)).Error,
                (await desk.Get<LeadBoardQueries>().TabsAsync(Ct)).Error,
                (await desk.Get<LeadBoardQueries>().SourcesAsync(Ct)).Error,
                (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Error,
                (await desk.Get<LeadQueries>().AgentsAsync(Ct)).Error,
                (await desk.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Error,
                desk.Get<LeadExport>().Rows(new LeadFilter(), Ct).Error,
                (await desk.Get<LeadService>().CreateAsync(edit, Ct)).Error,
                (await desk.Get<LeadService>().EditAsync(lead, new LeadEdit { Name = "Accra Grill House" }, edit, Ct)).Error,
                (await desk.Get<LeadService>().DeleteAsync(lead, Ct)).Error,
                (await desk.Get<LeadMoves>().MoveAsync(lead, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error,
                (await desk.Get<LeadMoves>().LoseAsync(lead, LostReason.Price, null, LeadPlace.Top, Ct)).Error,
                (await desk.Get<LeadConversion>().CandidatesAsync(lead, null, Ct)).Error,
                (await desk.Get<LeadConversion>().ConvertAsync(lead, new ConversionEdit { FirstName = "X" }, LeadPlace.Top, Ct)).Error,
                (await desk.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "X" }, Ct)).Error,
                (await desk.Get<LeadContacts>().EditAsync(lead, contact, new LeadContactEdit { Name = "Kwame" }, new LeadContactEdit { Name = "X" }, Ct)).Error,
                (await desk.Get<LeadContacts>().RemoveAsync(lead, contact, Ct)).Error,
                (await desk.Get<LeadNotes>().AddAsync(lead, "X", Ct)).Error,
                (await desk.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "X", On = new DateOnly(2026, 11, 27) }, Ct)).Error,
                (await desk.Get<LeadReminders>().FinishAsync(lead, reminder, Ct)).Error,
                (await desk.Get<LeadReminders>().ReopenAsync(lead, reminder, Ct)).Error,
                (await desk.Get<LeadTalks>().LogAsync(lead, new LeadTalkEdit { Subject = "X" }, Ct)).Error,
                (await desk.Get<LeadNextSteps>().PostponeAsync(lead, new LeadStep(null, null), Postponement.Hour, Ct)).Error,
                (await desk.Get<LeadNextSteps>().FinishAsync(lead, new LeadStep(null, null), Ct)).Error,
            ];
            Assert.All(answers, answer => Assert.IsType<ForbiddenError>(answer));
        }

        Assert.Equal(before, await CountsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task An_agent_deletes_neither_leads_nor_contacts(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var agent = shop.As(TestPeople.Agent);
        var contact = (await agent.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        var before = await CountsAsync(shop);

        Assert.IsType<ForbiddenError>((await agent.Get<LeadService>().DeleteAsync(lead, Ct)).Error);
        Assert.IsType<ForbiddenError>((await agent.Get<LeadContacts>().RemoveAsync(lead, contact, Ct)).Error);

        Assert.Equal(before, await CountsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task A_part_is_only_reached_through_its_own_lead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (lead, other) = (await shop.LeadAsync("Accra Grill House"), await shop.LeadAsync("Other"));
        var desk = shop.As(TestPeople.Manager);
        var contact = (await desk.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        var reminder = (await desk.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27) }, Ct)).Value;
        var before = await CountsAsync(shop);

        Assert.IsType<LeadPartNotFound>((await desk.Get<LeadContacts>().RemoveAsync(other, contact, Ct)).Error);
        Assert.IsType<LeadPartNotFound>((await desk.Get<LeadContacts>().EditAsync(other, contact, new LeadContactEdit { Name = "Kwame" }, new LeadContactEdit { Name = "X" }, Ct)).Error);
        Assert.IsType<LeadPartNotFound>((await desk.Get<LeadReminders>().FinishAsync(other, reminder, Ct)).Error);

        Assert.Equal(before, await CountsAsync(shop));
    }

    private static async Task<string> CountsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        var leads = await db.Leads.OrderBy(l => l.Id).Select(l => new { l.Name, l.Status, l.Rank, l.NextStepAt, l.TouchedAt, l.Version }).ToListAsync(Ct);
        return $"{string.Join(';', leads)} {await db.LeadContacts.CountAsync(Ct)} {await db.LeadNotes.CountAsync(Ct)} {await db.Reminders.CountAsync(r => r.DoneAt == null, Ct)} {await db.Correspondence.CountAsync(Ct)} {await db.Customers.CountAsync(Ct)} {await db.AuditEntries.CountAsync(Ct)}";
    }
}
