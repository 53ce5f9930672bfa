namespace Crm.Web.Tests.Architecture;

/// <summary>The house keeps its own rules; <see cref="BrokenHouseTests"/> shows that each of them can go red.</summary>
[Trait("contract", "M-293")]
public class HouseRuleTests
{
    [Fact]
    public void Rooms_use_only_the_rooms_that_they_may()
    {
        Kept(RoomArrows.Violations(TheHouse.Web));
        Kept(RoomArrows.Violations(TheHouse.Sources));
    }

    [Fact]
    public void Entities_are_written_only_by_their_owner() => Kept(EntityWrites.Violations(TheHouse.Web, TheHouse.Data));

    [Fact]
    public void Components_and_endpoints_never_touch_entity_framework() => Kept(EntityFrameworkUse.Violations(TheHouse.Web));

    [Fact]
    public void Only_Accounts_knows_the_identity_managers() => Kept(IdentityUse.Violations(TheHouse.Web));

    [Fact]
    public void Time_and_ids_come_from_outside() => Kept(HiddenInputs.Violations(TheHouse.Web.Concat(TheHouse.Data)));

    [Fact]
    public void Every_page_says_who_may_open_it() => Kept(Permissions.Violations(TheHouse.Types));

    [Fact]
    [Trait("contract", "M-046")]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        await using var app = TheHouse.BuildApp();
        var endpoints = new CompositeEndpointDataSource(((IEndpointRouteBuilder)app).DataSources);

        Assert.Contains(endpoints.Endpoints, e => e.DisplayName!.Contains("/alive", StringComparison.Ordinal));
        Kept(Permissions.Violations(endpoints));
    }

    [Fact]
    public void Public_async_methods_say_so_and_can_be_cancelled() => Kept(AsyncMethods.Violations(TheHouse.Types));

    [Fact]
    public void Files_stay_short() => Kept(FileSizes.Violations(TheHouse.Sources));

    [Fact]
    public void Every_field_says_how_much_it_takes() => Kept(TextLimits.Violations(TheHouse.Sources));

    [Fact, Trait("contract", "M-052")]
    public void Nothing_that_is_typed_becomes_sql() => Kept(RawSql.Violations(TheHouse.Sources));

    [Fact]
    public void No_test_needs_luck() => Kept(TestLuck.Violations(TheHouse.Sources.Where(s => !s.Path.Contains("/Architecture/", StringComparison.Ordinal))));

    [Fact]
    public void References_to_the_docs_lead_somewhere_and_no_decision_is_missing()
    {
        Kept(DocReferences.Violations(TheHouse.Sources.Where(s => !s.Path.Contains("/Architecture/", StringComparison.Ordinal)).Concat(TheHouse.Papers), path => File.Exists(Path.Combine(TheHouse.Root, path))));
        Kept(DocReferences.Gaps(Directory.EnumerateFiles(Path.Combine(TheHouse.Root, "docs", "decisions"), "*.md").Select(path => Path.GetFileName(path))));
    }

    [Fact]
    public void The_rules_have_something_to_look_at()
    {
        Assert.Contains(TheHouse.Web, t => t.Name == "Program");
        Assert.Contains(TheHouse.Sources, s => s.Path == "Crm.Web/Program.cs");
        Assert.Contains(TheHouse.Web.SelectMany(t => t.Methods).SelectMany(m => m.Calls), c => c.Short == "WebApplication.CreateBuilder");
        Assert.Contains("Crm.Data.Leads.Lead", new Entities(TheHouse.Data).Names);
    }

    private static void Kept(IEnumerable<string> violations) => Assert.True(!violations.Any(), string.Join('\n', violations));
}
