using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Access;

/// <summary>Every command of every service against everybody who may come: who is let through, and that a refusal changes no row.</summary>
[Trait("contract", "M-042")]
[Trait("contract", "M-044")]
[Trait("contract", "M-046")]
public sealed class CommandMatrixTests
{
    private static readonly Visitor[] Visitors = Enum.GetValues<Visitor>();

    [Fact]
    public void Every_command_has_a_row_and_every_row_a_command()
    {
        var inner = InnerCommands.All.Keys;
        var commands = Command.All.Where(c => !inner.Contains(c.Service.Name) && !inner.Contains(c.Name)).ToList();
        var rows = CommandRows.All.Select(r => r.Name).ToList();

        Faults.None(commands.Select(c => c.Name).Distinct().Except(rows).Select(name => $"{name} has no row in {nameof(CommandRows)}."));
        Faults.None(rows.Except(commands.Select(c => c.Name)).Select(name => $"{name} stands in {nameof(CommandRows)} and is no command."));
        Faults.None(commands.Where(c => !c.Answers).Select(c => $"{c.Name} cannot refuse: answer with a Result, or say among the inner ones why it need not."));
        Faults.None(inner.Where(name => !Command.All.Any(c => c.Name == name || c.Service.Name == name)).Select(name => $"{name} is named as inner and is not there."));
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_not_is_refused_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stage = await Stage.SetAsync(shop);
        var faults = new List<string>();
        foreach (var (command, row) in Pairs()) faults.AddRange(await RefusedAsync(stage, command, Visitors.Where(v => !row.Who.Allows(v)), row.Who));
        Faults.None(faults);
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_is_not_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stage = await Stage.SetAsync(shop);
        var faults = new List<string>();
        foreach (var (command, row) in Pairs().Where(p => p.Row.OnlyRefusals is null))
            faults.AddRange(await LetThroughAsync(stage, command, Visitors.Where(row.Who.Allows), row.Who));
        Faults.None(faults);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-047")]
    public async Task A_right_that_the_owner_turns_moves_its_commands_and_no_others(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var stage = await Stage.SetAsync(shop);
        var service = shop.As(TestPeople.Owner).Get<RightsService>();
        var faults = new List<string>();
        foreach (var visitor in new[] { Visitor.Agent, Visitor.Manager })
        {
            foreach (var facts in PermissionFacts.All.Where(f => f.WhyFixed(Who.RoleOf(visitor)!) is null))
            {
                var role = Who.RoleOf(visitor)!;
                var given = !facts.Default(role);
                Assert.Null((await service.SetAsync(role, facts.Permission, given, CancellationToken.None)).Error);
                foreach (var (command, row) in Pairs().Where(p => p.Row.OnlyRefusals is null && p.Row.Who.Needs.Contains(facts.Permission)))
                {
                    var allowed = given && row.Who.Needs.All(p => p == facts.Permission || PermissionFacts.Of(p).Default(role));
                    var found = allowed ? await LetThroughAsync(stage, command, [visitor], row.Who) : await RefusedAsync(stage, command, [visitor], row.Who);
                    faults.AddRange(found.Select(f => $"with {facts.Permission} {(given ? "given to" : "taken from")} {role}: {f}"));
                }
                Assert.Null((await service.SetAsync(role, facts.Permission, !given, CancellationToken.None)).Error);
            }
        }
        Faults.None(faults);
    }

    private static IEnumerable<(Command Command, CommandRow Row)> Pairs() =>
        from row in CommandRows.All from command in Command.All where command.Name == row.Name select (command, row);

    private static async Task<List<string>> RefusedAsync(Stage stage, Command command, IEnumerable<Visitor> visitors, Who who)
    {
        var faults = new List<string>();
        var calls = new List<(Visitor Visitor, object?[] Arguments)>();
        foreach (var visitor in visitors) calls.Add((visitor, await stage.ArgumentsAsync(command, visitor)));
        if (calls.Count == 0) return faults;
        var before = await ContentsAsync(stage);
        foreach (var (visitor, arguments) in calls)
        {
            var error = await command.GiveAsync(Who.DeskOf(stage.Shop, visitor), arguments);
            if (!Command.Refuses(error)) faults.Add($"{command.Name} is for {who.Words}, but {visitor} got {Say(error)}.");
        }
        var after = await ContentsAsync(stage);
        faults.AddRange(after.Where(t => before[t.Key] != t.Value).Select(t => $"{command.Name} changed {t.Key} for somebody whom it refused."));
        return faults;
    }

    private static async Task<List<string>> LetThroughAsync(Stage stage, Command command, IEnumerable<Visitor> visitors, Who who)
    {
        var faults = new List<string>();
        foreach (var visitor in visitors)
        {
            var error = await command.GiveAsync(Who.DeskOf(stage.Shop, visitor), await stage.ArgumentsAsync(command, visitor));
            if (Command.Refuses(error)) faults.Add($"{command.Name} is for {who.Words}, but {visitor} got {Say(error)}.");
        }
        return faults;
    }

    private static string Say(Error? error) => error is null ? "it done" : $"“{error.Message}”";

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(Stage stage)
    {
        await using var db = stage.Shop.Open();
        return await TableContents.ReadAsync(db);
    }
}
