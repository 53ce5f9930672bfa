using Microsoft.AspNetCore.Authorization;

namespace Crm.Web.Tests.Architecture;

/// <summary>The tests of the tests: every rule of the house goes red over code that breaks it, and stays green beside it.</summary>
public class BrokenHouseTests
{
    private const string TwoRooms = """
        namespace Crm.Web.Features.Orders { public sealed class OrderService { public static string Secret() => ""; } }
        namespace Crm.Web.Shell { public sealed class Menu; public sealed class PageName; }
        namespace Crm.Web.Features.Loyalty { public sealed class LoyaltyService { public static string Points() => ""; } }
        """;

    private const string Model = """
        using Microsoft.EntityFrameworkCore;
        namespace Crm.Data.Leads
        {
            public sealed class Lead
            {
                public Guid Id { get; init; } = Guid.CreateVersion7();
                public string Name { get; private set; } = "";
                public List<string> Notes { get; } = [];
                public bool IsNamed => Name.Length > 0;
                public void Rename(string name) => Store(name);
                public void Note(string text) => Notes.Add(text);
                private void Store(string name) => Name = name;
            }
        }
        namespace Crm.Data
        {
            public abstract class CrmDbContext : DbContext { public DbSet<Leads.Lead> Leads => Set<Leads.Lead>(); }
        }
        """;

    [Theory]
    [InlineData("Crm.Web.Features.Loyalty", "LoyaltyBreach", "Crm.Web.Features.Orders.OrderService.Secret();")]
    [InlineData("Crm.Web.Features.Customers", "CustomerBreach", "System.Func<string> later = () => Crm.Web.Features.Orders.OrderService.Secret();")]
    [InlineData("Crm.Web.Platform.Jobs", "JobBreach", "object kind = typeof(Crm.Web.Features.Orders.OrderService); kind.ToString();")]
    [InlineData("Crm.Web.Ui", "UiBreach", "Crm.Web.Features.Orders.OrderService? held = null; _ = held;")]
    public void A_room_that_uses_a_forbidden_room_is_found(string ns, string type, string code)
    {
        var sample = new Sample(TwoRooms, $"namespace {ns}; public sealed class {type} {{ public void Do() {{ {code} }} }}");

        Assert.StartsWith($"{ns}.{type} uses Crm.Web.Features.Orders.OrderService", Assert.Single(RoomArrows.Violations(sample.Code)));
    }

    [Theory]
    [InlineData("Crm.Web.Features.Orders", "new Crm.Web.Shell.Menu()", true)]
    [InlineData("Crm.Web.Features.Orders", "new Crm.Web.Shell.PageName()", false)]
    [InlineData("Crm.Web.Ui", "new Crm.Web.Shell.PageName()", true)]
    public void Of_the_shell_a_room_uses_only_the_frame(string ns, string code, bool forbidden)
    {
        var sample = new Sample(TwoRooms, $"namespace {ns}; public sealed class Page {{ public object Do() => {code}; }}");

        Assert.Equal(forbidden, RoomArrows.Violations(sample.Code).Any());
    }

    [Fact]
    public void An_allowed_arrow_is_no_breach()
    {
        var sample = new Sample(TwoRooms, """
            namespace Crm.Web.Features.Orders; public sealed class Checkout { public string Do() => Crm.Web.Features.Loyalty.LoyaltyService.Points(); }
            """);

        Assert.Empty(RoomArrows.Violations(sample.Code));
    }

    [Theory]
    [InlineData("Crm.Web/Features/Leads/X.cs", "using Crm.Web.Features.Orders;", true)]
    [InlineData("Crm.Web/Features/Leads/X.razor", "@using Crm.Web.Features.Orders.Parts", true)]
    [InlineData("Crm.Web/Features/Leads/X.cs", "using O = Crm.Web.Features.Orders.OrderService;", true)]
    [InlineData("Crm.Web/Platform/Web/X.cs", "using Crm.Web.Features.Leads;", true)]
    [InlineData("Crm.Web/Features/Leads/X.cs", "using Crm.Web.Features.Customers;", false)]
    [InlineData("Crm.Web/Features/Leads/Board/X.cs", "using Crm.Web.Features.Leads;", false)]
    [InlineData("Crm.Web/Shell/X.razor", "@using Crm.Web.Features.Orders", false)]
    [InlineData("Crm.Web/Features/Leads/X.razor", "@using Crm.Web.Shell.Layouts", false)]
    [InlineData("Crm.Web/Features/Leads/X.razor", "@using Crm.Web.Shell", true)]
    [InlineData("Crm.Web/Ui/X.razor", "@using Crm.Web.Shell.Layouts", true)]
    public void A_forbidden_import_is_found(string path, string text, bool forbidden) =>
        Assert.Equal(forbidden, RoomArrows.Violations([new SourceFile(path, text)]).Any());

    [Theory]
    [InlineData("lead.Rename(\"x\");", "Lead.Rename")]
    [InlineData("lead.Note(\"x\");", "Lead.Note")]
    [InlineData("_ = new Crm.Data.Leads.Lead();", "Lead..ctor")]
    [InlineData("db.Leads.Add(lead);", "DbSet`1.Add")]
    [InlineData("db.Remove(lead);", "DbContext.Remove")]
    [InlineData("await db.Leads.Where(l => l.Name == \"x\").ExecuteDeleteAsync();", "ExecuteDeleteAsync")]
    [InlineData("await db.Leads.ExecuteUpdateAsync(s => s.SetProperty(l => l.Name, \"x\"));", "ExecuteUpdateAsync")]
    [InlineData("db.RemoveRange(new object[] { lead });", "DbContext.RemoveRange")]
    public void A_write_to_another_rooms_entity_is_found(string code, string call)
    {
        var (web, data) = Writing("Crm.Web.Features.Orders", code);

        Assert.Contains(call, Assert.Single(EntityWrites.Violations(web, data)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Crm.Web.Features.Leads", "lead.Rename(\"x\"); db.Leads.Add(lead); await db.Leads.ExecuteDeleteAsync();")]
    [InlineData("Crm.Web.Features.Orders", "_ = lead.IsNamed; _ = await db.Leads.Where(l => l.Name == \"x\").Select(l => l.Id).ToListAsync();")]
    public void A_write_by_the_owner_and_a_read_by_anybody_are_no_breach(string ns, string code)
    {
        var (web, data) = Writing(ns, code);

        Assert.Empty(EntityWrites.Violations(web, data));
    }

    [Fact]
    public void An_entity_without_an_owner_is_found()
    {
        var sample = new Sample("""
            namespace Crm.Data.Parrots { public sealed class Parrot; }
            namespace Crm.Data { public abstract class Birds : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Parrots.Parrot> Parrots => null!; } }
            """);

        Assert.Equal("Crm.Data.Parrots.Parrot has no owner: name one in Rooms.", Assert.Single(EntityWrites.Violations([], sample.Code)));
    }

    [Theory]
    [InlineData("LeadBoard : Microsoft.AspNetCore.Components.ComponentBase", "public Crm.Data.CrmDbContext Db { get; set; } = null!;")]
    [InlineData("LeadForm : LeadPart", "public object Do(Microsoft.EntityFrameworkCore.DbContext db) => db.Database;")]
    [InlineData("LeadEndpoints", "static async Task List(Crm.Data.CrmDbContext db) => await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Leads);")]
    public void A_component_or_endpoint_that_touches_entity_framework_is_found(string declaration, string member)
    {
        var sample = new Sample(Model, $$"""
            namespace Crm.Web.Features.Leads;
            public abstract class LeadPart : Microsoft.AspNetCore.Components.ComponentBase;
            public class {{declaration}} { {{member}} }
            public class LeadQueries { public object Do(Microsoft.EntityFrameworkCore.DbContext db) => db.Database; }
            """);
        var found = EntityFrameworkUse.Violations(sample.In("Crm.Web")).ToList();

        Assert.NotEmpty(found);
        Assert.All(found, line => Assert.StartsWith($"Crm.Web.Features.Leads.{declaration.Split(' ')[0]} touches", line));
    }

    [Theory]
    [InlineData("Crm.Web.Features.Leads", true)]
    [InlineData("Crm.Web.Shell", true)]
    [InlineData("Crm.Web.Features.Accounts", false)]
    public void Identity_managers_outside_Accounts_are_found(string ns, bool forbidden)
    {
        var sample = new Sample($"namespace {ns}; public sealed class Door(Microsoft.AspNetCore.Identity.UserManager<string> users) {{ public object Users => users; }}");

        Assert.Equal(forbidden, IdentityUse.Violations(sample.Code).Any());
    }

    [Theory]
    [InlineData("_ = DateTime.Now;")]
    [InlineData("_ = DateTime.UtcNow;")]
    [InlineData("_ = DateTime.Today;")]
    [InlineData("_ = DateTimeOffset.UtcNow;")]
    [InlineData("_ = TimeProvider.System.GetUtcNow();")]
    [InlineData("_ = Guid.NewGuid();")]
    [InlineData("_ = Guid.CreateVersion7();")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("Func<Task> later = async () => { await Task.Yield(); await Task.Delay(1); };")]
    [InlineData("_ = new PeriodicTimer(TimeSpan.FromSeconds(1));")]
    public void A_hidden_clock_or_id_is_found(string code) => Assert.Single(HiddenInputs.Violations(Doing("Crm.Web.Features.Leads", code)));

    [Theory]
    [InlineData("Crm.Web.Platform.Jobs", "_ = DateTime.UtcNow; await Task.Delay(1);")]
    [InlineData("Crm.Web.Features.Leads", "await Task.Delay(TimeSpan.Zero, time); _ = Guid.CreateVersion7(time.GetUtcNow()); _ = new PeriodicTimer(TimeSpan.FromSeconds(1), time);")]
    public void An_injected_clock_is_no_breach(string ns, string code) => Assert.Empty(HiddenInputs.Violations(Doing(ns, code)));

    [Fact]
    public void Only_an_entitys_initialiser_makes_an_id()
    {
        var found = HiddenInputs.Violations(new Sample(Model, """
            namespace Crm.Data.Orders { public sealed class Order { public Guid Next() => Guid.CreateVersion7(); } }
            """).Code);

        Assert.StartsWith("Crm.Data.Orders.Order.Next calls", Assert.Single(found));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("[Microsoft.AspNetCore.Authorization.Authorize(\"staff\")]", false)]
    [InlineData("[Microsoft.AspNetCore.Authorization.AllowAnonymous]", false)]
    public void A_page_for_nobody_in_particular_is_found(string attribute, bool forbidden)
    {
        var sample = new Sample($"[Microsoft.AspNetCore.Components.Route(\"/x\")] {attribute} public class X : Microsoft.AspNetCore.Components.ComponentBase;");

        Assert.Equal(forbidden, Permissions.Violations(sample.Types).Any());
    }

    [Fact]
    [Trait("contract", "M-046")]
    public async Task An_endpoint_for_nobody_in_particular_is_found()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapGet("/api/open", () => "").AllowAnonymous();
        app.MapGet("/api/staff", [Authorize("staff")] () => "");
        app.MapGet("/api/policy", () => "").RequireAuthorization(p => p.RequireRole("Owner"));
        app.MapGet("/_framework/script.js", () => "");
        app.MapGet("/api/forgotten", () => "");
        IEndpointRouteBuilder routes = app;

        var found = Permissions.Violations(new CompositeEndpointDataSource(routes.DataSources));

        Assert.Contains("/api/forgotten", Assert.Single(found), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Task<int> Count(CancellationToken ct) => Task.FromResult(1);", "must end in Async.")]
    [InlineData("public ValueTask CountAsync() => default;", "must take a CancellationToken last.")]
    [InlineData("public static Task CountAsync(CancellationToken ct, int size) => Task.CompletedTask;", "must take a CancellationToken last.")]
    public void A_public_task_without_its_name_or_token_is_found(string member, string complaint)
    {
        var sample = new Sample($"public class Service {{ {member} }}");

        Assert.EndsWith(complaint, Assert.Single(AsyncMethods.Violations(sample.Types)));
    }

    [Theory]
    [InlineData("public class S : IAsyncDisposable { public ValueTask DisposeAsync() => default; }")]
    [InlineData("public class S : MemoryStream { public override ValueTask DisposeAsync() => default; }")]
    [InlineData("public class S { public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context) => Task.CompletedTask; private Task Own() => Task.CompletedTask; }")]
    [InlineData("public class S : Microsoft.AspNetCore.Components.ComponentBase { public Task ShowAsync() => Task.CompletedTask; }")]
    public void A_shape_that_somebody_else_decides_is_no_breach(string type) =>
        Assert.Empty(AsyncMethods.Violations(new Sample("global using System.IO;", type).Types));

    [Theory]
    [InlineData("Crm.Web/Features/Leads/LeadService.cs", 301, true)]
    [InlineData("Crm.Web/Features/Leads/LeadService.cs", 300, false)]
    [InlineData("Crm.Web/Features/Leads/LeadBoard.razor", 151, true)]
    [InlineData("Crm.Web/Features/Leads/LeadBoard.razor", 150, false)]
    [InlineData("Crm.Web/Program.cs", 61, true)]
    [InlineData("Crm.Data/Migrations/Sqlite/First.cs", 5000, false)]
    public void A_long_file_is_found(string path, int lines, bool forbidden) =>
        Assert.Equal(forbidden, FileSizes.Violations([new SourceFile(path, string.Concat(Enumerable.Repeat("x\n", lines)))]).Any());

    [Theory]
    [InlineData("""<textarea class="in" @onchange="e => SetAsync(() => text = e)" data-draft="@Draft("text")"></textarea>""", true)]
    [InlineData("""<input class="in" @bind="edit.Name" />""", true)]
    [InlineData("""<input type="tel" @bind="edit.Phone" />""", true)]
    [InlineData("""<InputText class="in" @bind-Value="Form.Name" />""", true)]
    [InlineData("""<input class="in" maxlength="@Customer.NameLength" @bind="edit.Name" />""", false)]
    [InlineData("""<input type="checkbox" class="cb" @bind="edit.IsPrimary" />""", false)]
    [InlineData("""<InputText class="in" type="password" @bind-Value="Form.Password" />""", false)]
    [InlineData("""<input type="date" class="in" @bind="edit.On" />""", false)]
    public void A_field_without_a_limit_is_found(string tag, bool forbidden) =>
        Assert.Equal(forbidden, TextLimits.Violations([new SourceFile("Crm.Web/Features/Leads/Some.razor", tag)]).Any());

    [Theory]
    [InlineData("Crm.Web/Features/Leads/Some.cs", "db.Leads.FromSqlRaw(text)", true)]
    [InlineData("Crm.Data/Storage/Some.cs", "command.CommandText = text;", true)]
    [InlineData("Crm.Web/Features/Leads/Some.cs", "db.Leads.FromSql($\"SELECT * FROM leads WHERE name = {text}\")", false)]
    public void Sql_made_of_text_is_found(string path, string line, bool forbidden) =>
        Assert.Equal(forbidden, RawSql.Violations([new SourceFile(path, line)]).Any());

    [Theory]
    [InlineData("Crm.Web.Tests/Ui/SomeTests.cs", "await page.Find(\"button\").ClickAsync();", true)]
    [InlineData("Crm.Web.Tests/Ui/SomeTests.cs", "await page.InvokeAsync(() => page.Find(\"button\").ClickAsync());", false)]
    [InlineData("Crm.E2E/Journeys/SomeJourney.cs", "await page.WaitForLoadStateAsync(LoadState.NetworkIdle);", true)]
    [InlineData("Crm.E2E/Journeys/SomeJourney.cs", "await page.GetByLabel(\"Code\").FillAsync(code);", false)]
    public void A_test_that_needs_luck_is_found(string path, string line, bool forbidden) =>
        Assert.Equal(forbidden, TestLuck.Violations([new SourceFile(path, line)]).Any());

    private static (IReadOnlyList<Scanning.CodeType> Web, IReadOnlyList<Scanning.CodeType> Data) Writing(string ns, string code)
    {
        var sample = new Sample(Model, $$"""
            using Microsoft.EntityFrameworkCore;
            namespace {{ns}};
            public sealed class Writer { public async Task Do(Crm.Data.CrmDbContext db, Crm.Data.Leads.Lead lead) { await Task.Yield(); {{code}} } }
            """);
        return (sample.In("Crm.Web"), sample.In("Crm.Data"));
    }

    [Fact]
    public void A_reference_to_a_paper_that_is_not_there_is_seen_and_a_missing_decision()
    {
        SourceFile[] sources = [new("Crm.Web/A.cs", "// see docs/decisions/0001-here.md"), new("build/B.props", "<!-- docs/decisions/0002-gone.md -->")];

        Assert.Equal(["build/B.props points at docs/decisions/0002-gone.md, which is not there."], DocReferences.Violations(sources, path => path.Contains("here", StringComparison.Ordinal)));
        Assert.Equal(["There is no decision 0002."], DocReferences.Gaps(["0003-c.md", "0001-a.md"]));
    }

    private static IReadOnlyList<Scanning.CodeType> Doing(string ns, string code) =>
        new Sample($$"""namespace {{ns}}; public sealed class Doer { public async Task Do(TimeProvider time) { await Task.Yield(); {{code}} } }""").Code;
}
