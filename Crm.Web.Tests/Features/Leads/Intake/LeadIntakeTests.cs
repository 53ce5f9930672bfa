using System.Text;
using Crm.Data.Bulk;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Intake;

[Trait("contract", "M-152")]
public sealed class LeadIntakeTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Another_programs_leads_are_here_with_all_that_its_file_says_and_go_again_as_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("One from before");
        var before = await ContentsAsync(shop);
        var desk = shop.As(TestPeople.Owner);
        var file = await desk.FileAsync(GivenImports.HubSpot, "contacts.csv");
        Assert.Equal((IntakeFormat.HubSpot, 6, "UTF-8", "commas", "contacts.csv"), (file.Format, file.Lines, file.Encoding, file.Separator, file.Name));

        var check = (await desk.Get<LeadIntake>().CheckAsync(file.Order(), new Progress<int>(), Ct)).Value;
        Assert.Equal((6, 4, 1, 1), (check.Lines, check.New, check.Known, check.Wrong));
        Assert.Equal(["E-mail: This is not an e-mail address. It looks like name@example.com.", "The same as line 6 · same e-mail."], check.Some.Select(v => v.Why).OfType<string>());
        var run = await shop.ImportAsync(desk, file.Order() with { OwnerId = TestPeople.Agent.UserId, Tag = "Autumn", Source = "HubSpot" });

        Assert.Equal((BulkState.Finished, 6, 2, "Import contacts.csv"), (run.State, run.Done, run.Refused, run.Title));
        await using (var db = shop.Open())
        {
            var leads = await db.Leads.Include(l => l.Contacts).Include(l => l.Tags).Where(l => l.OwnerId == TestPeople.Agent.UserId).OrderBy(l => l.Number).ToListAsync(Ct);
            Assert.Equal(["Savannah Plates New", "Accra Grill Qualified", "Folake Adeyemi Contacted", "Merle Ramsaran Lost"], leads.Select(l => $"{l.Name} {l.Status}"));
            Assert.Equal(("+14165550133", "wambui@mail.example", "HubSpot", "autumn"), (leads[0].Phone, leads[0].Email, leads[0].Source, leads[0].Tags.Single().Name));
            Assert.Equal(("Wambūi Ndung'u", "Owner", true, "+14165550133"), (leads[0].Contacts[0].Name, leads[0].Contacts[0].Position, leads[0].Contacts[0].IsPrimary, leads[0].Contacts[0].Phone));
            Assert.Equal((LostReason.Other, "UNQUALIFIED"), (leads[3].LostReason, leads[3].LostNote));
            Assert.True(leads[0].Rank > (await db.Leads.SingleAsync(l => l.Name == "One from before", Ct)).Rank);
        }

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await desk.Get<UndoService>().UndoAsync(run.Id, new HashSet<Guid>(), Ct)).Value.Skipped);
        Assert.Equal(before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task The_same_file_twice_adds_nothing_and_says_of_each_line_why(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        await shop.ImportAsync(desk, (await desk.FileAsync(GivenImports.HubSpot)).Order());
        var before = await ContentsAsync(shop);

        var run = await shop.ImportAsync(desk, (await desk.FileAsync(GivenImports.HubSpot)).Order());

        Assert.Equal((6, 6, 0), (run.Done, run.Refused, run.Changed));
        Assert.Equal(before, await ContentsAsync(shop));
        var lines = (await TextAsync(desk, run.Id)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("\uFEFFLine,Left out because,Record ID,First Name", lines[0], StringComparison.Ordinal);
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("2,Already here: Savannah Plates (L-", lines[1], StringComparison.Ordinal);
        Assert.Contains("4,Already here: Folake Adeyemi", lines[3], StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Known_ones_are_added_again_or_filled_where_they_lack_something(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        await shop.ImportAsync(desk, (await desk.FileAsync("Name,Email,City,Value\nMama Nkechi,mama@mail.example,Toronto,\nOther,other@mail.example,,5\n")).Order());
        var before = await ContentsAsync(shop);
        var more = (await desk.FileAsync("Name,Email,City,Value,Phone,First Name\nMama N.,MAMA@mail.example,Ottawa,1450,416 555 0134,Nkechi\nOther,other@mail.example,,7,,\n")).Order();

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var filled = await shop.ImportAsync(desk, more with { Known = IntakeKnownRule.Fill, Tag = null });

        Assert.Equal((2, 1, "Already here: Other (L-"), (filled.Done, filled.Refused, filled.Refusals[0].Why[..23]));
        Assert.EndsWith("Nothing was missing.", filled.Refusals[0].Why, StringComparison.Ordinal);
        await using (var db = shop.Open())
        {
            var mama = await db.Leads.Include(l => l.Contacts).SingleAsync(l => l.Name == "Mama Nkechi", Ct);
            Assert.Equal(("Toronto", 145_000, "+14165550134", "Nkechi"), (mama.City, mama.ValueMinor, mama.Phone, mama.Contacts.Single().Name));
            Assert.Equal(2, await db.Leads.CountAsync(Ct));
        }
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await desk.Get<UndoService>().UndoAsync(filled.Id, new HashSet<Guid>(), Ct)).Value.Skipped);
        Assert.Equal(before, await ContentsAsync(shop));

        Assert.Equal((2, 0), (await shop.ImportAsync(desk, more with { Known = IntakeKnownRule.Add }) is var added ? added.Done : 0, added.Refused));
        await using (var db = shop.Open()) Assert.Equal(4, await db.Leads.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task A_name_alone_is_known_unless_phone_or_mail_say_otherwise_and_customers_are_known_too(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        await shop.ImportAsync(desk, (await desk.FileAsync("Name,Email\nMaria Silva,maria@mail.example\n")).Order());

        var file = await desk.FileAsync($"Name,Email\nSILVA María,\nMaria Silva,another@mail.example\nMaria Silvana,\n{TestPeople.CustomerA.Name},\n");
        var check = (await desk.Get<LeadIntake>().CheckAsync(file.Order(), new Progress<int>(), Ct)).Value;

        Assert.Equal([IntakeFate.Known, IntakeFate.New, IntakeFate.New, IntakeFate.Known], check.Some.Select(v => v.Fate));
        Assert.StartsWith("Already a customer: Achieng Otieno", check.Some[3].Why, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Who_sees_only_their_own_leads_imports_as_themselves_and_learns_nothing_of_others(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var rights = shop.As(TestPeople.Owner).Get<RightsService>();
        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.ImportData, true, Ct)).Error);
        Assert.Null((await rights.SetAsync(Roles.Manager, Permission.SeeAllLeads, false, Ct)).Error);
        var theirs = await shop.LeadAsync("Secret Kitchen", owner: TestPeople.Agent);
        var manager = shop.As(TestPeople.Manager);
        var file = await manager.FileAsync("Name,City\nSecret Kitchen,Toronto\nPlain,\n");

        var run = await shop.ImportAsync(manager, file.Order() with { Known = IntakeKnownRule.Fill, OwnerId = TestPeople.Agent.UserId });

        Assert.Equal((2, 1, "Already here."), (run.Done, run.Refused, run.Refusals[0].Why));
        await using var db = shop.Open();
        Assert.Equal(TestPeople.Manager.UserId, (await db.Leads.SingleAsync(l => l.Name == "Plain", Ct)).OwnerId);
        Assert.Equal("Nairobi", (await db.Leads.SingleAsync(l => l.Id == theirs, Ct)).City);
        Assert.IsType<IntakeFileNotFound>((await shop.As(TestPeople.Owner).Get<LeadIntake>().FindAsync(file.Id, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.Agent).Get<LeadIntake>().FindAsync(file.Id, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_large_file_goes_on_after_a_node_died_no_line_twice_and_can_be_stopped(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        var file = await desk.FileAsync(Many(1_100));
        var id = (await desk.Get<LeadIntake>().StartAsync(file.Order(), Ct)).Value;
        await shop.Get<BulkWorker>().DieAfterAsync(2, Ct);
        await using (var db = shop.Open()) Assert.Equal(400, await db.Leads.CountAsync(Ct));

        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);

        Assert.Equal((BulkState.Finished, 1_100, 0), ((await desk.Get<BulkRuns>().FindAsync(id, Ct)).Value is var run ? run.State : default, run.Done, run.Refused));
        await using (var db = shop.Open()) Assert.Equal((1_100, 1_100), (await db.Leads.CountAsync(Ct), await db.Leads.Select(l => l.Name).Distinct().CountAsync(Ct)));

        var second = (await desk.Get<LeadIntake>().StartAsync((await desk.FileAsync(Many(600))).Order() with { Known = IntakeKnownRule.Add }, Ct)).Value;
        await shop.Get<BulkWorker>().DieAfterAsync(1, Ct);
        Assert.Null((await desk.Get<BulkRuns>().StopAsync(second, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);
        await using (var db = shop.Open()) Assert.Equal(1_300, await db.Leads.CountAsync(Ct));

        Assert.Equal([(second, BulkState.Cancelled), (id, BulkState.Finished)], (await desk.Get<LeadIntake>().ListAsync(Ct)).Value.Select(r => (r.Id, r.State)));
        var undo = (await desk.Get<UndoService>().UndoAsync(id, new HashSet<Guid>(), Ct)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(Ct);
        Assert.NotNull(undo.RunId);
        await using (var db = shop.Open()) Assert.Equal(200, await db.Leads.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task What_the_shop_exports_comes_back_and_formulas_sleep_on_the_way(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Owner);
        await shop.ImportAsync(desk, (await desk.FileAsync("Name,Phone,Value,Status\n\"=HYPERLINK(\"\"https://evil.example\"\")\",416 555 0134,1450.50,Lost\n")).Order());
        using var exported = new MemoryStream();
        var export = desk.Get<LeadExport>();
        await CsvExport.WriteAsync(exported, export.Columns, export.Rows(new LeadFilter(), Ct).Value, Ct);
        var text = Encoding.UTF8.GetString(exported.ToArray());
        Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
        await using (var db = shop.Open()) await db.Leads.ExecuteDeleteAsync(Ct);

        var file = await desk.FileAsync(text);
        var run = await shop.ImportAsync(desk, file.Order());

        Assert.Equal((IntakeFormat.Own, 1, 0), (file.Format, run.Done, run.Refused));
        await using (var db = shop.Open())
        {
            var lead = await db.Leads.SingleAsync(Ct);
            Assert.Equal(("=HYPERLINK(\"https://evil.example\")", "+14165550134", 145_050, LeadStatus.Lost), (lead.Name, lead.Phone, lead.ValueMinor, lead.Status));
        }
        var refused = await shop.ImportAsync(desk, (await desk.FileAsync("Name,Email\n=HYPERLINK,bad\n")).Order());
        Assert.Contains(",'=HYPERLINK,bad", await TextAsync(desk, refused.Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("Name,Email\r\n", "The file has a first row, and no line below it.")]
    [InlineData("PK\u0003\u0004 and more", "This is a workbook or an archive, not a CSV file. Open it, and save the sheet as CSV.")]
    [InlineData("%PDF-1.7", "This is a PDF, not a CSV file.")]
    public async Task What_is_no_table_is_refused_in_words(string text, string why)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        using var upload = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Equal(why, (await shop.As(TestPeople.Owner).Get<LeadIntake>().UploadAsync(upload, "x.csv", new Progress<long>(), Ct)).Error?.Message);
    }

    [Fact]
    public async Task Too_much_and_what_names_nobody_is_refused()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var intake = shop.As(TestPeople.Owner).Get<LeadIntake>();
        using var huge = new MemoryStream(new byte[IntakeFiles.MostBytes + 1]);
        Assert.Contains("larger than 20 MB", (await intake.UploadAsync(huge, "x.csv", new Progress<long>(), Ct)).Error!.Message, StringComparison.Ordinal);
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes("Name\n" + string.Concat(Enumerable.Repeat("x\n", IntakeFiles.MostLines + 1))));
        Assert.Contains("more than 50,000 lines", (await intake.UploadAsync(lines, "x.csv", new Progress<long>(), Ct)).Error!.Message, StringComparison.Ordinal);

        var file = await shop.As(TestPeople.Owner).FileAsync("Colour,Size\nred,2\n");
        Assert.IsType<IntakeNamesNobody>((await intake.CheckAsync(file.Order(), new Progress<int>(), Ct)).Error);
        Assert.IsType<IntakeNamesNobody>((await intake.StartAsync(file.Order(), Ct)).Error);
        var named = file.Order() with { Fields = [IntakeField.Name, null] };
        Assert.Equal(nameof(IntakeOrder.OwnerId), Assert.IsType<InvalidError>((await intake.StartAsync(named with { OwnerId = TestPeople.CustomerA.UserId }, Ct)).Error).Field);
        Assert.Equal(nameof(IntakeOrder.Tag), Assert.IsType<InvalidError>((await intake.StartAsync(named with { Tag = new string('x', 41) }, Ct)).Error).Field);
    }

    private static string Many(int count) => "Name\n" + string.Concat(Enumerable.Range(1, count).Select(at => $"Kitchen {at:0000}\n"));

    private static async Task<string> TextAsync(TestDesk desk, Guid runId)
    {
        using var whole = new MemoryStream();
        await foreach (var piece in (await desk.Get<LeadIntake>().LeftOutAsync(runId, Ct)).Value) whole.Write(piece);
        return Encoding.UTF8.GetString(whole.ToArray());
    }

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await TableContents.ReadWithoutAsync(db, ["AuditEntries", "NumberCounters", "BulkRuns", "StoredFiles", "FileBodies"], ["Version", "UpdatedAt"], ["SearchEntries.Id"]);
    }
}
