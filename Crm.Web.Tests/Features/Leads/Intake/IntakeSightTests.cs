using System.Text;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>Who sees which imports, what their lists may do in a spreadsheet, and who is told to be here already.</summary>
[Trait("contract", "M-152")]
public sealed class IntakeSightTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Somebody_elses_import_and_its_list_are_for_managers_who_see_all_leads_and_customers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var owner = shop.As(TestPeople.Owner);
        var rights = owner.Get<RightsService>();
        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.ImportData, true, Ct)).Error);
        var run = await shop.ImportAsync(owner, (await owner.FileAsync("Name,Email\nSecret Kitchen,bad\nPlain,\n")).Order());

        Assert.Equal((1, false), await SeenAsync(shop, run.Id));
        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.SeeAllLeads, false, Ct)).Error);
        Assert.Equal((0, true), await SeenAsync(shop, run.Id));
        var manager = shop.As(TestPeople.Manager);
        var own = await shop.ImportAsync(manager, (await manager.FileAsync("Name,Email\nMine,bad\n")).Order());
        Assert.Equal((1, false), await SeenAsync(shop, own.Id));

        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.SeeAllLeads, true, Ct)).Error);
        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.SeeCustomers, false, Ct)).Error);
        Assert.Equal((1, true), await SeenAsync(shop, run.Id));
        Assert.Equal([(own.Id, true), (run.Id, true)], (await owner.Get<LeadIntake>().ListAsync(Ct)).Value.Select(r => (r.Id, r.HasList)));

        await using (var db = shop.Open()) await db.StoredFiles.Where(f => f.Name == IntakeBulkKind.LeftOutName(run.Id)).ExecuteDeleteAsync(Ct);
        Assert.Equal([(own.Id, true), (run.Id, false)], (await owner.Get<LeadIntake>().ListAsync(Ct)).Value.Select(r => (r.Id, r.HasList)));
        Assert.IsType<IntakeListNotFound>((await owner.Get<LeadIntake>().LeftOutAsync(run.Id, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_first_row_of_formulas_sleeps_in_the_list_and_comes_back_as_it_was(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        var run = await shop.ImportAsync(desk, (await desk.FileAsync("Name,Email,=cmd|calc\nMama Nkechi,bad,x\n")).Order());
        using var whole = new MemoryStream();
        await foreach (var piece in (await desk.Get<LeadIntake>().LeftOutAsync(run.Id, Ct)).Value) whole.Write(piece);
        var text = Encoding.UTF8.GetString(whole.ToArray());

        Assert.StartsWith("\uFEFFLine,Left out because,Name,Email,'=cmd|calc\r\n", text, StringComparison.Ordinal);
        Assert.Equal("=cmd|calc", (await desk.FileAsync(text)).Columns[4].Header);
    }

    [Theory, BothDatabases]
    public async Task The_many_who_share_a_name_keep_nobody_else_from_being_known(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        var marias = string.Concat(Enumerable.Range(1, 4).Select(at => $"Maria Silva,416 555 010{at},maria{at}@mail.example\n"));
        await shop.ImportAsync(desk, (await desk.FileAsync($"Name,Phone,Email\n{marias}Zuri Abebe,416 555 0133,\nFolake Adeyemi,,folake@mail.example\nKwame Mensah,,\n")).Order());
        var file = await desk.FileAsync("Name,Phone,Email\nMaria Silva,,\nSomebody,416 555 0133,\nElse,,folake@mail.example\nKwame Mensah,,\nNobody,,\n");
        var lines = new List<IntakeLine>();
        foreach (var record in file.First) lines.Add(await desk.Get<IntakeRules>().ReadAsync(record, file.Order(), Ct));

        var known = new IntakeKnown(desk.Get<CurrentActor>(), desk.Get<LeadForms>(), mostFound: 2);
        await using (var db = shop.Open()) await known.LookAsync(db, lines, Ct);

        Assert.Equal(["same name.", "same phone.", "same e-mail.", "same name.", null], lines.Select(l => known.Find(l)?.Said.Split(" · ")[1]));
    }

    [Fact]
    public async Task A_name_that_hundreds_of_lines_have_says_nothing_of_who_a_line_is()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var desk = shop.As(TestPeople.Owner);

        Assert.Equal((200, 1), await CheckedAsync(200));
        Assert.Equal((202, 0), await CheckedAsync(201));

        async Task<(int New, int Known)> CheckedAsync(int others)
        {
            var file = await desk.FileAsync("Name,Email\n" + string.Concat(Enumerable.Range(1, others).Select(at => $"Maria Silva,maria{at}@mail.example\n")) + "Maria Silva,\n");
            var check = (await desk.Get<LeadIntake>().CheckAsync(file.Order(), new Progress<int>(), Ct)).Value;
            return (check.New, check.Known);
        }
    }

    [Theory, BothDatabases]
    public async Task Only_leads_in_sight_count_as_those_that_can_be_filled(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        await shop.ImportAsync(desk, (await desk.FileAsync("Name\nMama Nkechi\n")).Order());
        var file = await desk.FileAsync($"Name\nMama Nkechi\n{TestPeople.CustomerA.Name}\nNew One\nNew One\n");

        var check = (await desk.Get<LeadIntake>().CheckAsync(file.Order(), new Progress<int>(), Ct)).Value;

        Assert.Equal((1, 3, 1), (check.New, check.Known, check.ToFill));
    }

    private static async Task<(int Listed, bool IsHidden)> SeenAsync(TestShop shop, Guid run)
    {
        var intake = shop.As(TestPeople.Manager).Get<LeadIntake>();
        return ((await intake.ListAsync(Ct)).Value.Count, (await intake.LeftOutAsync(run, Ct)).Error is BulkNotFound);
    }
}
