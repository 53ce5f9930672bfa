using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

public sealed class LeadUndoTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly HashSet<Guid> Nobody = [];

    [Theory, BothDatabases]
    [Trait("contract", "M-155")]
    public async Task To_do_and_to_undo_changes_nothing_and_to_undo_that_does_it_again(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Manager);
        await shop.LeadAsync("Neighbour above");
        foreach (var (name, deed) in LeadDeeds.All)
        {
            var id = await shop.FullLeadAsync(name);
            if (name == "put elsewhere in the column") await shop.LeadAsync("Neighbour below");
            var before = await ContentsAsync(shop);
            var known = await ChangesAsync(shop);
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await deed(shop, desk, id);
            var own = await OwnChangesAsync(shop, known);
            Assert.True(own.Count == 1, $"“{name}” is {own.Count} changes, not one.");
            if (name != "put elsewhere in the column") Same(name + ", undone", before, await UndoneAsync(shop, desk, own[0], before));
        }
    }

    [Theory, BothDatabases]
    public async Task Any_walk_of_deeds_goes_back_step_by_step(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Manager);
        foreach (var seed in Enumerable.Range(1, 3))
        {
            var dice = new Random(seed);
            var id = await shop.FullLeadAsync($"Walk {seed}");
            var walked = new Stack<(string Name, Guid ChangeId, IReadOnlyDictionary<string, string> Before)>();
            string[] names = [.. LeadDeeds.All.Keys.Except(["delete", "finish the next step", "finish a reminder", "call another first", "put elsewhere in the column"])];
            for (var step = 0; step < 6; step++)
            {
                var name = names[dice.Next(names.Length)];
                if (name == "remove the contact to call first" && walked.Any(w => w.Name == name)) continue;
                var (before, known) = (await ContentsAsync(shop), await ChangesAsync(shop));
                shop.Clock.Advance(TimeSpan.FromMinutes(1));
                await LeadDeeds.All[name](shop, desk, id);
                foreach (var change in await OwnChangesAsync(shop, known)) walked.Push((name, change, before));
            }
            while (walked.TryPop(out var last))
            {
                shop.Clock.Advance(TimeSpan.FromMinutes(1));
                var outcome = (await desk.Get<UndoService>().UndoAsync(last.ChangeId, Nobody, Ct)).Value;
                Assert.Empty(outcome.Skipped);
                Same($"seed {seed}, {last.Name}", last.Before, await ContentsAsync(shop));
            }
        }
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-155")]
    public async Task What_somebody_changed_since_is_listed_with_both_values_and_left_unless_chosen(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", value: 10_000, owner: TestPeople.Agent);
        var known = await ChangesAsync(shop);
        await ValueAsync(shop, TestPeople.Agent, id, "200");
        var change = (await OwnChangesAsync(shop, known)).Single();
        await ValueAsync(shop, TestPeople.OtherAgent, id, "300");
        var undo = shop.As(TestPeople.Agent).Get<UndoService>();

        var left = (await undo.UndoAsync(change, Nobody, Ct)).Value;

        Assert.Equal(0, left.Restored);
        var skip = Assert.Single(left.Skipped);
        Assert.Equal(("Mama Nkechi", true), (skip.Name, skip.MayChoose));
        Assert.Equal(new UndoField("value", "$100.00", "$300.00"), Assert.Single(skip.Fields));
        Assert.Equal(30_000, await ValueOfAsync(shop, id));

        var chosen = (await undo.UndoAsync(change, new HashSet<Guid> { id }, Ct)).Value;

        Assert.Equal((1, 10_000L), (chosen.Restored, await ValueOfAsync(shop, id)));
    }

    [Theory, BothDatabases]
    public async Task Only_whoever_did_it_and_managers_take_it_back_and_only_for_thirty_days(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", owner: TestPeople.Agent);
        var known = await ChangesAsync(shop);
        await ValueAsync(shop, TestPeople.Agent, id, "200");
        var change = (await OwnChangesAsync(shop, known)).Single();

        Assert.IsType<UndoNotTheirs>((await shop.As(TestPeople.OtherAgent).Get<UndoService>().UndoAsync(change, Nobody, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<UndoService>().UndoAsync(change, Nobody, Ct)).Error);
        Assert.IsType<NothingToUndo>((await shop.As(TestPeople.Owner).Get<UndoService>().UndoAsync(Guid.CreateVersion7(), Nobody, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromDays(31));
        Assert.IsType<UndoTooLate>((await shop.As(TestPeople.Agent).Get<UndoService>().UndoAsync(change, Nobody, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromDays(-2));
        Assert.Equal(1, (await shop.As(TestPeople.Manager).Get<UndoService>().UndoAsync(change, Nobody, Ct)).Value.Restored);
        Assert.IsType<NothingToUndo>((await shop.As(TestPeople.Manager).Get<UndoService>().UndoAsync(change, Nobody, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task The_history_lists_ones_own_changes_and_says_what_was_taken_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await shop.LeadAsync("Mama Nkechi", owner: TestPeople.Agent);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await ValueAsync(shop, TestPeople.Agent, id, "200");
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await ValueAsync(shop, TestPeople.OtherAgent, id, "300");
        var history = shop.As(TestPeople.Agent).Get<RecentChanges>();

        var mine = Assert.Single((await history.ListAsync(false, null, Ct)).Value.Rows);
        Assert.Equal(("Changed Mama Nkechi", "Ama Boakye", false, false, true), (mine.What, mine.Who, mine.IsUndo, mine.IsUndone, mine.MayUndo));
        Assert.Equal(["value: $0.00 → $200.00"], mine.Fields.Select(f => $"{f.Label}: {f.Back} → {f.Now}"));
        Assert.IsType<ForbiddenError>((await history.ListAsync(true, null, Ct)).Error);

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.As(TestPeople.Agent).Get<UndoService>().UndoAsync(mine.ChangeId, new HashSet<Guid> { id }, Ct);
        var all = (await shop.As(TestPeople.Manager).Get<RecentChanges>().ListAsync(true, null, Ct)).Value.Rows;
        Assert.Equal([(true, false), (false, false), (false, true), (false, false)], all.Select(c => (c.IsUndo, c.IsUndone)));
    }

    private static async Task<IReadOnlyDictionary<string, string>> UndoneAsync(TestShop shop, TestDesk desk, Guid change, IReadOnlyDictionary<string, string> before)
    {
        var after = await ContentsAsync(shop);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var undone = (await desk.Get<UndoService>().UndoAsync(change, Nobody, Ct)).Value;
        Assert.Empty(undone.Skipped);
        var back = await ContentsAsync(shop);
        Same("undone", before, back);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = (await desk.Get<UndoService>().UndoAsync(undone.ChangeId, Nobody, Ct)).Value;
        Assert.Empty(again.Skipped);
        Same("done again", after, await ContentsAsync(shop));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Get<UndoService>().UndoAsync(again.ChangeId, Nobody, Ct);
        return await ContentsAsync(shop);
    }

    private static async Task ValueAsync(TestShop shop, TestPerson person, Guid id, string value)
    {
        var desk = shop.As(person);
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value);
        var edit = original.Copy();
        edit.Value = value;
        LeadDeeds.Good(await desk.Get<LeadService>().EditAsync(id, original, edit, Ct));
    }

    private static async Task<long> ValueOfAsync(TestShop shop, Guid id)
    {
        await using var db = shop.Open();
        return await db.Leads.Where(l => l.Id == id).Select(l => l.ValueMinor).SingleAsync();
    }

    private static async Task<HashSet<Guid>> ChangesAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return [.. await db.AuditEntries.Select(a => a.ChangeId).Distinct().ToListAsync()];
    }

    // Those of people: what the test itself stored past the services has no user.
    private static async Task<List<Guid>> OwnChangesAsync(TestShop shop, HashSet<Guid> known)
    {
        await using var db = shop.Open();
        return [.. (await db.AuditEntries.Where(a => a.ActorId != null).Select(a => a.ChangeId).Distinct().ToListAsync()).Except(known)];
    }

    // A touch by a part of the lead is no change of the trail: a person did work on it, also when the work is taken back.
    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await TableContents.ReadWithoutAsync(db, ["AuditEntries", "NumberCounters"], ["Version", "UpdatedAt", "TouchedAt"], ["SearchEntries.Id"]);
    }

    private static void Same(string what, IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> now)
    {
        var different = expected.Where(t => now[t.Key] != t.Value).Select(t => $"{t.Key}: {t.Value} → {now[t.Key]}").ToList();
        Assert.True(different.Count == 0, $"{what}: {string.Join("; ", different)}");
    }
}
