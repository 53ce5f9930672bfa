using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadPartsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-132")]
    [Trait("contract", "M-133")]
    [Trait("contract", "M-134")]
    public async Task A_lead_has_many_contacts_and_one_of_them_is_primary(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var contacts = shop.As(TestPeople.Agent).Get<LeadContacts>();

        var kwame = (await contacts.AddAsync(lead, new LeadContactEdit { Name = " Kwame Mensah ", Position = "Owner", Phone = "0244123456", Email = "kwame@accragrill.example" }, Ct));
        Assert.NotNull(Assert.IsType<InvalidError>(kwame.Error).For("Phone"));
        var first = (await contacts.AddAsync(lead, new LeadContactEdit { Name = " Kwame Mensah ", Position = "Owner", Phone = "+233 24 412 3456" }, Ct)).Value;
        var second = (await contacts.AddAsync(lead, new LeadContactEdit { Name = "Akosua", IsPrimary = true }, Ct)).Value;

        var people = await ContactsAsync(shop, lead);
        Assert.Equal([("Akosua", true), ("Kwame Mensah", false)], people.Select(p => (p.Name, p.IsPrimary)));
        Assert.Equal(("Owner", "+233244123456"), (people[1].Position, people[1].Phone));

        var original = contacts.Of(people[1]);
        var edit = original.Copy();
        edit.IsPrimary = true;
        Assert.Null((await contacts.EditAsync(lead, first, original, edit, Ct)).Error);
        Assert.Equal(first, (await ContactsAsync(shop, lead)).Single(p => p.IsPrimary).Id);

        Assert.IsType<ForbiddenError>((await contacts.RemoveAsync(lead, first, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadContacts>().RemoveAsync(lead, first, Ct)).Error);
        Assert.Equal((second, true), (Assert.Single(await ContactsAsync(shop, lead)).Id, (await ContactsAsync(shop, lead))[0].IsPrimary));
    }

    [Theory, BothDatabases]
    public async Task Two_people_at_once_never_make_two_primaries(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            shop.As(i % 2 == 0 ? TestPeople.Agent : TestPeople.OtherAgent).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = $"Person {i}", IsPrimary = true }, Ct))));

        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Single(await ContactsAsync(shop, lead), c => c.IsPrimary);
    }

    [Theory, BothDatabases]
    public async Task A_contact_that_two_people_edit_shows_both_values(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var contacts = shop.As(TestPeople.Agent).Get<LeadContacts>();
        var id = (await contacts.AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        var original = contacts.Of(Assert.Single(await ContactsAsync(shop, lead)));
        var (mine, theirs) = (original.Copy(), original.Copy());
        (mine.Position, mine.Notes, theirs.Position) = ("Owner", "Mornings only", "Cook");

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadContacts>().EditAsync(lead, id, original, theirs, Ct)).Error);
        var error = Assert.IsType<ContactChangedMeanwhile>((await contacts.EditAsync(lead, id, original, mine, Ct)).Error);

        Assert.Equal(("Malik Thompson", "Cook", "Owner"), (error.Who, Assert.Single(error.Clashes).Theirs, error.Clashes[0].Mine));
        Assert.IsType<LeadPartNotFound>((await contacts.EditAsync(lead, Guid.Empty, original, mine, Ct)).Error);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-136")]
    public async Task A_note_is_signed_and_timed_and_touches_the_lead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        shop.Clock.Advance(TimeSpan.FromDays(20));
        var desk = shop.As(TestPeople.Agent);

        Assert.Null((await desk.Get<LeadNotes>().AddAsync(lead, "Wants **12 crates** of yam", Ct)).Error);
        Assert.NotNull((await desk.Get<LeadNotes>().AddAsync(lead, "  ", Ct)).Error);
        Assert.NotNull((await desk.Get<LeadNotes>().AddAsync(lead, new string('x', 10_001), Ct)).Error);

        await using var db = shop.Open();
        var note = await db.LeadNotes.SingleAsync(Ct);
        Assert.Equal((TestPeople.Agent.UserId, shop.Clock.Now), (note.AuthorId, note.CreatedAt));
        Assert.Equal(shop.Clock.Now, (await db.Leads.SingleAsync(Ct)).TouchedAt);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-140")]
    [Trait("contract", "M-142")]
    public async Task A_reminder_may_be_overdue_and_is_done_when_somebody_did_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var desk = shop.As(TestPeople.Agent);
        var reminders = desk.Get<LeadReminders>();

        var past = (await reminders.AddAsync(lead, new LeadReminderEdit { Title = "Send samples", On = new DateOnly(2026, 11, 18) }, Ct)).Value;
        var coming = (await reminders.AddAsync(lead, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27), Time = new TimeOnly(15, 30), UserId = TestPeople.OtherAgent.UserId }, Ct)).Value;
        var wrong = Assert.IsType<InvalidError>((await reminders.AddAsync(lead, new LeadReminderEdit { UserId = TestPeople.CustomerA.UserId }, Ct)).Error);
        Assert.Equal(["Title", "On", "UserId"], wrong.All.Select(e => e.Field));

        var lines = (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Reminders;
        Assert.Equal([(past, "Ama Boakye"), (coming, "Tunde Balogun")], lines.Select(r => (r.Id, r.Person)));
        Assert.Equal([new DateTime(2026, 11, 18, 14, 0, 0), new DateTime(2026, 11, 27, 20, 30, 0)], lines.Select(r => r.DueAt));
        Assert.All(lines, r => Assert.Equal(ReminderStatus.Pending, r.Status));

        Assert.Null((await reminders.FinishAsync(lead, past, Ct)).Error);
        Assert.Equal([coming, past], (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Reminders.Select(r => r.Id));
        Assert.Null((await reminders.ReopenAsync(lead, past, Ct)).Error);
        Assert.Equal([past, coming], (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Reminders.Select(r => r.Id));
        Assert.IsType<LeadPartNotFound>((await reminders.FinishAsync(lead, Guid.Empty, Ct)).Error);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-135")]
    [Trait("contract", "M-146")]
    [Trait("contract", "M-147")]
    public async Task A_talk_is_logged_with_its_contact_day_and_words(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (lead, other) = (await shop.LeadAsync("Accra Grill House"), await shop.LeadAsync("Other"));
        var desk = shop.As(TestPeople.Agent);
        var kwame = (await desk.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        var stranger = (await desk.Get<LeadContacts>().AddAsync(other, new LeadContactEdit { Name = "Stranger" }, Ct)).Value;
        var talks = desk.Get<LeadTalks>();

        foreach (var how in Enum.GetValues<CorrespondenceKind>())
            Assert.Null((await talks.LogAsync(lead, new LeadTalkEdit { Kind = how, ContactId = kwame, Subject = $"About {how}", Description = "180 covers", On = new DateOnly(2026, 11, 13), Time = new TimeOnly(15, 40) }, Ct)).Error);
        var wrong = Assert.IsType<InvalidError>((await talks.LogAsync(lead, new LeadTalkEdit { ContactId = stranger, On = new DateOnly(2026, 11, 21), Outcome = new string('x', 201) }, Ct)).Error);

        Assert.Equal(["Subject", "Outcome", "On", "ContactId"], wrong.All.Select(e => e.Field));
        await using var db = shop.Open();
        var logged = await db.Correspondence.ToListAsync(Ct);
        Assert.Equal(Enum.GetValues<CorrespondenceKind>().Order(), logged.Select(c => c.Kind).Order());
        Assert.All(logged, c => Assert.Equal((kwame, TestPeople.Agent.UserId, new DateTime(2026, 11, 13, 20, 40, 0), "180 covers"), (c.ContactId!.Value, c.LoggedById!.Value, c.HappenedAt, c.Description)));
    }

    [Theory, BothDatabases]
    public async Task A_next_step_is_put_off_or_done(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", nextStep: "Call Kwame", nextStepAt: TestClock.Start.AddDays(-2));
        var steps = shop.As(TestPeople.Agent).Get<LeadNextSteps>();

        var seen = new LeadStep("Call Kwame", TestClock.Start.AddDays(-2));
        foreach (var (by, expected) in new[]
        {
            (Postponement.Hour, TestClock.Start.AddHours(1)), (Postponement.Tomorrow, new DateTime(2026, 11, 21, 14, 0, 0)), (Postponement.NextWeek, new DateTime(2026, 11, 27, 14, 0, 0)),
        })
        {
            Assert.Null((await steps.PostponeAsync(lead, seen, by, Ct)).Error);
            seen = seen with { At = expected };
            await using var db = shop.Open();
            Assert.Equal(("Call Kwame", expected), (await db.Leads.Select(l => new { l.NextStep, l.NextStepAt }).SingleAsync(Ct)) is var l ? (l.NextStep, l.NextStepAt!.Value) : default);
        }
        Assert.Null((await steps.FinishAsync(lead, seen, Ct)).Error);
        Assert.Null(Assert.IsType<NextStepChanged>((await steps.PostponeAsync(lead, seen, Postponement.Hour, Ct)).Error).Now);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("2016-11-19")]
    [InlineData("2036-11-21")]
    [InlineData("9999-12-31")]
    public async Task A_day_more_than_ten_years_away_is_refused_at_its_field(string day)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var lead = await shop.LeadAsync("Accra Grill House");
        var desk = shop.As(TestPeople.Agent);

        var reminder = Assert.IsType<InvalidError>((await desk.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Call", On = on }, Ct)).Error);
        Assert.Equal("Choose a day within 10 years from today.", reminder.For("On"));
        var step = Assert.IsType<InvalidError>((await desk.Get<LeadService>().CreateAsync(new LeadEdit { Name = "X", NextStep = "Call", NextStepOn = on }, Ct)).Error);
        Assert.Equal("Choose a day within 10 years from today.", step.For("NextStepOn"));
    }

    [Theory, BothDatabases]
    public async Task A_next_step_that_a_colleague_planned_since_is_neither_done_nor_put_off(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", nextStep: "Call Kwame", nextStepAt: TestClock.Start);
        var steps = shop.As(TestPeople.Agent).Get<LeadNextSteps>();
        var seen = LeadStep.Of((await shop.As(TestPeople.Agent).Get<LeadQueries>().FindAsync(lead, Ct)).Value);
        var other = shop.As(TestPeople.OtherAgent);
        Assert.Null((await other.Get<LeadNextSteps>().PostponeAsync(lead, seen, Postponement.Hour, Ct)).Error);

        Assert.Equal("Call Kwame", Assert.IsType<NextStepChanged>((await steps.FinishAsync(lead, seen, Ct)).Error).Now);
        var original = other.Get<LeadForms>().Of((await other.Get<LeadQueries>().FindAsync(lead, Ct)).Value);
        var edit = original.Copy();
        (edit.NextStep, edit.NextStepOn, edit.NextStepTime) = ("Send samples", null, null);
        Assert.Null((await other.Get<LeadService>().EditAsync(lead, original, edit, Ct)).Error);
        Assert.Equal("Send samples", Assert.IsType<NextStepChanged>((await steps.PostponeAsync(lead, seen, Postponement.NextWeek, Ct)).Error).Now);

        await using var db = shop.Open();
        Assert.Equal(("Send samples", null), (await db.Leads.Select(l => new { l.NextStep, l.NextStepAt }).SingleAsync(Ct)) is var l ? (l.NextStep, l.NextStepAt) : default);
    }

    private static async Task<IReadOnlyList<LeadContactLine>> ContactsAsync(TestShop shop, Guid lead) =>
        (await shop.As(TestPeople.Agent).Get<LeadQueries>().FindAsync(lead, Ct)).Value.Contacts;
}
