using System.Text.RegularExpressions;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Day;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Leads.Reminders;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Day;

public sealed class DayQueriesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases, Trait("contract", "M-143"), Trait("contract", "M-144"), Trait("contract", "M-161")]
    public async Task A_day_has_what_is_late_what_is_due_what_goes_stale_and_what_was_given_and_nothing_of_others(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var now = shop.Clock.Now;
        var grill = await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: now.AddHours(-2));
        var bakery = await shop.LeadAsync("Kreyòl Bakery", owner: TestPeople.Agent, nextStep: "Send prices", nextStepAt: now.AddHours(1));
        await shop.LeadAsync("Done with", LeadStatus.Lost, owner: TestPeople.Agent, nextStep: "Call", nextStepAt: now.AddHours(-2));
        await shop.LeadAsync("Next week", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: now.AddDays(6));
        await shop.LeadAsync("Forgotten", LeadStatus.Contacted, owner: TestPeople.Agent, touchedAt: now.AddDays(-30));
        await shop.LeadAsync("Another's", owner: TestPeople.OtherAgent, nextStep: "Call", nextStepAt: now.AddHours(-2), touchedAt: now.AddDays(-90));
        await shop.ReminderAsync(grill, "Bring samples", now.AddDays(-3), TestPeople.Agent);
        await shop.ReminderAsync(bakery, "Write", now.AddMinutes(30), TestPeople.Agent);
        await shop.ReminderAsync(bakery, "Tomorrow", now.AddDays(1), TestPeople.Agent);
        await shop.ReminderAsync(bakery, "Done", now.AddDays(-3), TestPeople.Agent, then: r => r.Finish(now));
        await shop.ReminderAsync(bakery, "Called off", now.AddDays(-3), TestPeople.Agent, then: r => r.Cancel(now));
        var given = await shop.LeadAsync("Given", owner: TestPeople.OtherAgent);
        await GiveAsync(shop, given);

        var day = (await shop.As(TestPeople.Agent).Get<DayQueries>().ReadAsync(everybody: false, Ct)).Value;

        Assert.Equal(["Bring samples", "Call"], day.Of(DayList.Late).Select(r => r.What));
        Assert.Equal(["Write", "Send prices"], day.Of(DayList.Today).Select(r => r.What));
        Assert.Equal(["Forgotten"], day.Of(DayList.Stale).Select(r => r.Lead));
        Assert.Equal(["Given"], day.Of(DayList.Given).Select(r => r.Lead));
        Assert.Equal(new DayCounts(1, 1, 1, 1, 1, 1), day.Counts);
        Assert.Equal(6, (await shop.As(TestPeople.Agent).Get<DayQueries>().ReadAsync(everybody: true, Ct)).Value.Rows.Count);
        var all = (await shop.As(TestPeople.Manager).Get<DayQueries>().ReadAsync(everybody: true, Ct)).Value;
        Assert.Equal(["Another's", "Forgotten"], all.Of(DayList.Stale).Select(r => r.Lead));
        Assert.Equal("Tunde Balogun", all.Of(DayList.Stale).First().Person);
        Assert.True((await shop.As(TestPeople.Manager).Get<DayQueries>().ReadAsync(everybody: false, Ct)).Value.Counts.IsNothing);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<DayQueries>().ReadAsync(everybody: false, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task What_was_given_stands_there_until_its_new_agent_works_on_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Given");
        var day = shop.As(TestPeople.Agent).Get<DayQueries>();
        await GiveAsync(shop, lead);
        Assert.Equal(1, (await day.ReadAsync(false, Ct)).Value.Counts.Given);
        Assert.Equal(["Given"], (await shop.As(TestPeople.Agent).Get<LeadBoardQueries>().LaneAsync(new LeadFilter { When = LeadWhen.Given, Mine = true }, LeadStatus.New, null, 25, Ct)).Value.Rows.Select(r => r.Name));

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadNotes>().AddAsync(lead, "Called", Ct)).Error);
        Assert.Equal(0, (await day.ReadAsync(false, Ct)).Value.Counts.Given);

        // and what somebody takes themselves was not given to them
        var taken = await shop.LeadAsync("Taken");
        await GiveAsync(shop, taken, TestPeople.Agent);
        Assert.Equal(0, (await day.ReadAsync(false, Ct)).Value.Counts.Given);
    }

    [Theory, BothDatabases]
    public async Task A_step_and_a_reminder_are_ticked_off_and_come_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: shop.Clock.Now.AddHours(-2));
        await shop.ReminderAsync(lead, "Bring samples", shop.Clock.Now.AddDays(-3), TestPeople.Agent);
        var (day, ticks) = (shop.As(TestPeople.Agent).Get<DayQueries>(), shop.As(TestPeople.Agent).Get<DayTicks>());
        var rows = (await day.ReadAsync(false, Ct)).Value.Rows;

        foreach (var row in rows) Assert.Null((await ticks.FinishAsync(row, Ct)).Error);
        Assert.True((await day.ReadAsync(false, Ct)).Value.Counts.IsNothing);
        foreach (var row in rows) Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<DayTicks>().TakeBackAsync(row, Ct)).Error);
        foreach (var row in rows) Assert.Null((await ticks.TakeBackAsync(row, Ct)).Error);
        Assert.Equal(rows, (await day.ReadAsync(false, Ct)).Value.Rows);

        var step = rows.Single(r => r.ReminderId is null);
        Assert.IsType<NextStepChanged>((await ticks.TakeBackAsync(step, Ct)).Error);
        Assert.IsType<NextStepChanged>((await ticks.FinishAsync(step with { What = "Write" }, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_step_with_a_reminder_of_it_stands_there_once_and_both_are_done_at_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var due = shop.Clock.Now.AddHours(-2);
        var lead = await shop.LeadAsync("Accra Grill", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: due);
        await shop.ReminderAsync(lead, "Call", due, TestPeople.Agent);
        var other = await shop.LeadAsync("Kreyòl Bakery", owner: TestPeople.Agent, nextStep: "Call", nextStepAt: due);
        await shop.ReminderAsync(other, "Call", due, TestPeople.OtherAgent); // somebody else's reminder hides nothing
        var desk = shop.As(TestPeople.Agent);

        var day = (await desk.Get<DayQueries>().ReadAsync(everybody: false, Ct)).Value;
        Assert.Equal([(lead, true), (other, false)], day.Of(DayList.Late).Select(r => (r.LeadId, r.ReminderId is not null)));
        Assert.Equal((1, 1), (day.Counts.LateReminders, day.Counts.LateSteps));

        var row = day.Of(DayList.Late).First();
        Assert.Null((await desk.Get<DayTicks>().FinishAsync(row, Ct)).Error);
        Assert.Equal([other], (await desk.Get<DayQueries>().ReadAsync(everybody: false, Ct)).Value.Of(DayList.Late).Select(r => r.LeadId));
        await using var db = shop.Open();
        var steps = db.Leads.Where(l => l.Id == lead).Select(l => l.NextStep);
        Assert.Null(await steps.SingleAsync(Ct));
        Assert.Null((await desk.Get<DayTicks>().TakeBackAsync(row, Ct)).Error);
        Assert.Equal(day.Rows, (await desk.Get<DayQueries>().ReadAsync(everybody: false, Ct)).Value.Rows);
        Assert.Equal("Call", await steps.SingleAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task A_step_without_an_hour_is_for_its_whole_day_in_every_zone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var clock = shop.Get<Shop>();
        await shop.LeadAsync("Today", owner: TestPeople.Agent, nextStep: "Today", nextStepAt: clock.ToUtc(clock.Today.ToDateTime(TimeOnly.MinValue)));
        await shop.LeadAsync("Tomorrow", owner: TestPeople.Agent, nextStep: "Tomorrow", nextStepAt: clock.ToUtc(clock.Today.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        foreach (var zone in new string?[] { null, "Africa/Lagos", "Pacific/Honolulu", "Pacific/Auckland" })
        {
            await using (var db = shop.Open()) await db.Users.Where(u => u.Id == TestPeople.Agent.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.TimeZone, zone), Ct);
            await shop.Get<Zones>().LoadAsync(Ct);
            var desk = shop.As(TestPeople.Agent);
            var (own, day) = (desk.Get<OwnClock>(), (await desk.Get<DayQueries>().ReadAsync(false, Ct)).Value);
            var (late, due) = (own.Today > clock.Today ? new[] { "Today" } : [], own.Today == clock.Today ? new[] { "Today" } : own.Today > clock.Today ? ["Tomorrow"] : []);
            Assert.Equal(late, day.Of(DayList.Late).Select(r => r.What));
            Assert.Equal(due, day.Of(DayList.Today).Select(r => r.What));
        }
    }

    [Theory, BothDatabases]
    public async Task However_much_waits_it_takes_two_statements_and_nothing_is_scanned(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open()) await FillAsync(shop, db);
        foreach (var (person, everybody) in new[] { (TestPeople.Agent, false), (TestPeople.Manager, true) })
        {
            var desk = shop.As(person);
            await desk.Get<DayQueries>().ReadAsync(everybody, Ct); // colleagues' names are read once
            using var asked = new QueryCount(shop, "\"Reminders\"");
            Assert.Equal(5 * 4, (await desk.Get<DayQueries>().ReadAsync(everybody, Ct)).Value.Rows.Count);
            Assert.Equal(2, asked.Value);

            await using var db = shop.Open();
            var parts = desk.Get<DayQueries>().Parts(db, everybody, person.UserId);
            foreach (var plan in new[] { await PlanAsync(db, parts.Rows()), await PlanAsync(db, parts.Counts(person.UserId)) })
            {
                var scans = plan.Split('\n').Where(line => Regex.IsMatch(line, "Seq Scan on \"?(Leads|Reminders)") || line.StartsWith("SCAN ", StringComparison.Ordinal) && !line.Contains("INDEX", StringComparison.Ordinal)
                    && !plan.Contains($"CO-ROUTINE {line[5..]}", StringComparison.Ordinal) && !plan.Contains($"MATERIALIZE {line[5..]}", StringComparison.Ordinal) && line != "SCAN CONSTANT ROW");
                Assert.True(!scans.Any(), $"{string.Join(", ", scans)}:\n{plan}");
            }
        }
    }

    private static async Task GiveAsync(TestShop shop, Guid lead, TestPerson? by = null)
    {
        var desk = shop.As(by ?? TestPeople.Manager);
        var forms = desk.Get<LeadForms>();
        await using var db = shop.Open();
        var stored = await db.Leads.AsNoTracking().SingleAsync(l => l.Id == lead, Ct);
        var edit = forms.Of(stored);
        edit.OwnerId = TestPeople.Agent.UserId;
        Assert.Null((await desk.Get<LeadService>().EditAsync(lead, forms.Of(stored), edit, Ct)).Error);
    }

    // Enough that a planner would rather scan than look into an index that does not fit.
    private static async Task FillAsync(TestShop shop, CrmDbContext db)
    {
        var now = shop.Clock.Now;
        db.MassWrite = "many leads";
        for (var i = 0; i < 3_000; i++)
        {
            var (mine, lead) = (i % 10 == 0, new Lead { Number = 10_000 + i, CreatedAt = now.AddDays(-100) });
            lead.Describe($"Lead {i}", null, null, null, null, null, null, null);
            lead.Assign(mine ? TestPeople.Agent.UserId : TestPeople.OtherAgent.UserId, null, i % 100 < 20 ? now.AddDays(-1) : now.AddDays(-50));
            lead.PlanNext("Call", i % 3 == 0 ? null : now.AddHours(i % 200 < 110 ? -i : i % 200 == 110 ? 1 : 48));
            lead.MoveTo(LeadStages.Open[i % 3], i, i % 100 < 20 ? now.AddDays(-1) : now.AddDays(-(i % 60)));
            var reminder = new Reminder { LeadId = lead.Id, CreatedAt = now };
            reminder.Plan("Write", null, i % 100 == 0 ? now.AddMinutes(10) : now.AddHours(-i), lead.OwnerId, now);
            if (i % 4 > 0 && i % 100 != 0) reminder.Finish(now);
            db.AddRange(lead, reminder);
        }
        await db.SaveChangesAsync(Ct);
        await db.Database.ExecuteSqlRawAsync(shop.Kind is DatabaseKind.Sqlite ? "ANALYZE" : "ANALYZE \"Leads\", \"Reminders\", \"Users\"", Ct);
    }

    private static async Task<string> PlanAsync<T>(CrmDbContext db, IQueryable<T> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = (db.Kind is DatabaseKind.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await db.Database.OpenConnectionAsync(Ct);
        // so small a table it would rather read as a whole: whether an index serves is what is asked here
        if (db.Kind is DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off", Ct);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(Ct)) plan.Add(reader.GetString(db.Kind is DatabaseKind.Sqlite ? 3 : 0));
        return string.Join('\n', plan);
    }
}
