using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Undo;

/// <summary>The history pages through every change once, however their rows lie among each other.</summary>
public sealed class RecentChangesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Each_change_is_listed_once_where_its_last_row_is(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var dice = new Random(7);
        var rows = new List<AuditEntry>();
        for (var change = 0; change < 90; change++)
        {
            var (id, who) = (Guid.CreateVersion7(), change % 3 == 0 ? TestPeople.OtherAgent : TestPeople.Agent);
            // many rows over a long time for some, the same moment for others
            for (var row = 0; row < (change % 10 == 0 ? 300 : 1 + change % 3); row++) rows.Add(Entry(id, who, shop.Clock.Now.AddMinutes(-dice.Next(change % 10 == 0 ? 500 : 60))));
        }
        rows.Add(Entry(Guid.CreateVersion7(), TestPeople.Agent, shop.Clock.Now.AddDays(-UndoService.Days - 1)));
        rows.Add(Entry(Guid.CreateVersion7(), TestPeople.Agent, shop.Clock.Now, "User"));
        await using (var db = shop.Open())
        {
            db.AuditEntries.AddRange(rows);
            await db.SaveChangesAsync(Ct);
        }
        foreach (var everybody in new[] { true, false })
        {
            var expected = rows.Where(r => r.EntityType == nameof(Lead) && r.At > shop.Clock.Now.AddDays(-2) && (everybody || r.ActorId == TestPeople.Agent.UserId)).GroupBy(r => r.ChangeId)
                .Select(g => (Id: g.Key, At: g.Max(r => r.At), Rows: g.Count())).OrderByDescending(c => c.At).ThenByDescending(c => c.Id.ToString(), StringComparer.Ordinal).ToList();
            var history = shop.As(everybody ? TestPeople.Manager : TestPeople.Agent).Get<RecentChanges>();
            var seen = new List<RecentChange>();
            for (var page = (await history.ListAsync(everybody, null, Ct)).Value; ; page = (await history.ListAsync(everybody, seen[^1], Ct)).Value)
            {
                seen.AddRange(page.Rows);
                if (!page.HasMore) break;
                Assert.Equal(RecentChanges.PageSize, page.Rows.Count);
            }
            Assert.Equal(expected, seen.Select(c => (c.ChangeId, c.At, c.Rows)));
        }
    }

    [Theory, BothDatabases]
    public async Task A_page_reads_about_as_much_as_it_shows(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            for (var at = 0; at < 2_000; at++) db.AuditEntries.Add(Entry(Guid.CreateVersion7(), TestPeople.Agent, shop.Clock.Now.AddMinutes(-at)));
            await db.SaveChangesAsync(Ct);
        }
        using var asked = new QueryCount(shop, "\"AuditEntries\"");

        Assert.Equal(RecentChanges.PageSize, (await shop.As(TestPeople.Agent).Get<RecentChanges>().ListAsync(false, null, Ct)).Value.Rows.Count);

        Assert.InRange(asked.Value, 1, 6);
    }

    private static AuditEntry Entry(Guid change, TestPerson who, DateTime at, string type = nameof(Lead)) => new()
    {
        At = at, ActorId = who.UserId, ActorName = who.Name, Action = AuditAction.Updated, EntityType = type, EntityId = Guid.CreateVersion7(), ChangeId = change,
        Before = "{\"City\":\"Accra\"}", After = "{\"City\":\"Toronto\"}",
    };
}
