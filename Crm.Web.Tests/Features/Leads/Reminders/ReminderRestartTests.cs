using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>The real application, killed while it tells of many reminders and started again: each was told once.</summary>
[Trait("contract", "M-141")]
public sealed class ReminderRestartTests
{
    private const int Count = 600;
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory, BothDatabases]
    public async Task A_power_cut_while_reminders_are_told_loses_none_and_repeats_none(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var connection = kind is DatabaseKind.Postgres ? await TestDatabases.MakeAsync(kind) : CrmDatabase.SqliteFile(Path.Combine(folder.Path, "shop.db"));
        await using var database = new CrmDatabase(kind, connection, TimeProvider.System, NoChangeSink.Instance);
        if (kind is DatabaseKind.Sqlite)
        {
            await database.MigrateAsync(Ct);
            await TestPeople.AddAsync(database);
        }
        await PlanAsync(database);

        await using (var first = Start(kind, connection, folder))
        {
            await first.ReadLineAsync(Ct);
            await UntilAsync(async () => await SentAsync(database) > 0);
            await first.KillAsync(Ct);
        }
        await using (var second = Start(kind, connection, folder))
        {
            await second.ReadLineAsync(Ct);
            await UntilAsync(async () => await SentAsync(database) == Count);
            second.AskToStop();
            await second.EndAsync(Ct);
        }

        await using (var db = Open(database))
        {
            Assert.Equal(Count, await db.Notices.CountAsync(Ct));
            Assert.Equal(Count, await db.Notices.Select(n => n.Text).Distinct().CountAsync(Ct));
            Assert.Equal(Count, await db.OutboxMessages.CountAsync(m => m.Channel == "mail", Ct));
        }
        if (kind is DatabaseKind.Postgres) await TestDatabases.DropAsync(kind, connection);
    }

    private static AppProcess Start(DatabaseKind kind, string connection, TemporaryFolder folder) => AppProcess.Start("--urls=http://127.0.0.1:0",
        [("CRM__Storage__DataDirectory", folder.Path), ("CRM__Jobs__StartAfterSeconds", "0"), .. kind is DatabaseKind.Postgres ? new[] { ("CRM__Storage__Postgres", connection) } : []]);

    private static async Task PlanAsync(CrmDatabase database)
    {
        await using var db = Open(database);
        db.MassWrite = "reminders";
        var now = new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, Ct), CreatedAt = now };
        lead.Describe("Accra Grill House", null, null, null, null, null, null, null);
        lead.MoveTo(LeadStatus.New, 0, now);
        db.Leads.Add(lead);
        for (var i = 0; i < Count; i++)
        {
            var reminder = new Reminder { LeadId = lead.Id, CreatedAt = now };
            reminder.Plan($"Thing {i:000}", null, now.AddSeconds(i), TestPeople.Agent.UserId, now);
            db.Reminders.Add(reminder);
        }
        await db.SaveChangesAsync(Ct);
    }

    private static async Task<int> SentAsync(CrmDatabase database)
    {
        await using var db = Open(database);
        return await db.Reminders.CountAsync(r => r.Status == ReminderStatus.Sent, Ct);
    }

    private static CrmDbContext Open(CrmDatabase database) => database.Open(Actor.System("test"));

    private static async Task UntilAsync(Func<Task<bool>> reachedAsync)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await reachedAsync()) await tick.WaitForNextTickAsync(patience.Token);
    }
}
