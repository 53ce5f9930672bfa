using System.Net;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Talks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Talks;

public sealed class LeadTalksTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-151")]
    [Trait("contract", "M-146")]
    public async Task A_talk_is_logged_with_its_files_or_not_at_all(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var ama = shop.As(TestPeople.Agent);

        var refused = await ama.Get<LeadTalks>().LogAsync(lead, Talk("Menu", new("menu.pdf", SomeFiles.Pdf), new("invoice.pdf", SomeFiles.Program)), Ct);

        Assert.NotNull(Assert.IsType<InvalidError>(refused.Error).For("Files"));
        await using (var db = shop.Open()) Assert.Equal((0, 0, 0), (await db.Correspondence.CountAsync(Ct), await db.StoredFiles.CountAsync(Ct), await db.FileBodies.CountAsync(Ct)));

        var talk = (await ama.Get<LeadTalks>().LogAsync(lead, Talk("Menu", new("menu.pdf", SomeFiles.Pdf), new("yam.png", SomeFiles.Png())), Ct)).Value;
        var files = (await ama.Get<LeadTalks>().OpenAsync(lead, talk, Ct)).Value.Files;
        Assert.Equal(["menu.pdf", "yam.png"], files.Select(f => f.Name));
        Assert.Equal(SomeFiles.Pdf, (await ama.Get<IFileStore>().OpenAsync(files[0].Id, Ct))!.Bytes);
        var line = (await ama.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.Files, Ct)).Value.Lines.Single();
        Assert.Equal(["menu.pdf", "yam.png"], line.Files.Select(f => f.Name));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-147")]
    public async Task A_talk_is_edited_field_by_field_and_a_clash_is_shown(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var (ama, malik) = (shop.As(TestPeople.Agent).Get<LeadTalks>(), shop.As(TestPeople.Manager).Get<LeadTalks>());
        var talk = (await ama.LogAsync(lead, Talk("Menu", new NewFile("menu.pdf", SomeFiles.Pdf)), Ct)).Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var opened = (await ama.OpenAsync(lead, talk, Ct)).Value;
        var (mine, theirs) = (opened.Edit.Copy(), opened.Edit.Copy());
        (theirs.Outcome, theirs.Subject) = ("Wants a list", "Menu of May");
        Assert.Null((await malik.EditAsync(lead, talk, opened.Edit, theirs, Ct)).Error);

        (mine.Subject, mine.Removed) = ("Menu for June", [opened.Files[0].Id]);
        var clash = Assert.IsType<TalkChangedMeanwhile>((await ama.EditAsync(lead, talk, opened.Edit, mine, Ct)).Error);
        Assert.Equal(("Malik Thompson", "Menu of May", "Menu for June"), (clash.Who, Assert.Single(clash.Clashes).Theirs, clash.Clashes[0].Mine));
        Assert.Single((await ama.OpenAsync(lead, talk, Ct)).Value.Files);

        mine.Outcome = clash.Now.Outcome;
        Assert.Null((await ama.EditAsync(lead, talk, clash.Now, mine, Ct)).Error);
        var now = (await ama.OpenAsync(lead, talk, Ct)).Value;
        Assert.Equal(("Menu for June", "Wants a list", 0), (now.Edit.Subject, now.Edit.Outcome, now.Files.Count));
        await using var db = shop.Open();
        Assert.Equal(TestClock.Start, (await db.Correspondence.SingleAsync(Ct)).HappenedAt);
    }

    [Theory, BothDatabases]
    public async Task Deleting_a_talk_is_one_change_and_its_files_wait_a_month_for_it_to_be_taken_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var talks = shop.As(TestPeople.Agent).Get<LeadTalks>();
        var gone = (await talks.LogAsync(lead, Talk("Menu", new NewFile("menu.pdf", SomeFiles.Pdf)), Ct)).Value;
        await talks.LogAsync(lead, Talk("Prices", new NewFile("prices.pdf", SomeFiles.Pdf)), Ct);
        shop.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Null((await talks.RemoveAsync(lead, gone, Ct)).Error);
        await using var db = shop.Open();
        var rows = await db.AuditEntries.Where(a => a.Action == Crm.Data.Audit.AuditAction.Deleted).ToListAsync(Ct);
        Assert.Equal(["Correspondence", "CorrespondenceFile"], rows.Select(r => r.EntityType).Order());
        Assert.Single(rows.Select(r => r.ChangeId).Distinct());

        await SweepAsync(shop);
        Assert.Equal(2, await db.StoredFiles.CountAsync(Ct));
        shop.Clock.Advance(TimeSpan.FromDays(32));
        await SweepAsync(shop);
        Assert.Equal(["prices.pdf"], await db.StoredFiles.Select(f => f.Name).ToListAsync(Ct));
        Assert.Equal(1, await db.FileBodies.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task What_a_form_may_not_hold_is_said_beside_the_field(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var talks = shop.As(TestPeople.Agent).Get<LeadTalks>();
        var many = Enumerable.Range(0, TalkFiles.Most + 1).Select(i => new NewFile($"{i}.pdf", SomeFiles.Pdf)).ToArray();

        Assert.NotNull(Assert.IsType<InvalidError>((await talks.LogAsync(lead, Talk("Menu", many), Ct)).Error).For("Files"));
        Assert.NotNull(Assert.IsType<InvalidError>((await talks.LogAsync(lead, Talk(new string('x', 201)), Ct)).Error).For("Subject"));
        Assert.IsType<LeadPartNotFound>((await talks.OpenAsync(lead, Guid.Empty, Ct)).Error);
        Assert.IsType<LeadPartNotFound>((await talks.RemoveAsync(lead, Guid.Empty, Ct)).Error);
        await using var db = shop.Open();
        Assert.Equal((0, 0), (await db.Correspondence.CountAsync(Ct), await db.StoredFiles.CountAsync(Ct)));
    }

    [Theory, BothDatabases]
    public async Task A_file_is_served_to_whoever_sees_its_lead_and_can_do_nothing_there(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var (pdf, csv) = (Guid.Empty, Guid.Empty);
        await using (var db = site.Open())
        {
            var hash = await site.Get<Web.Features.Accounts.Passwords.PasswordHasher>().HashAsync(Given.Password, Ct);
            foreach (var user in await db.Users.ToListAsync(Ct)) user.SetPassword(hash);
            var lead = new Lead { Number = 1, CreatedAt = site.Clock.Now };
            lead.Describe("Accra Grill House", null, null, null, null, null, null, null);
            lead.MoveTo(LeadStatus.New, 0, site.Clock.Now);
            lead.Assign(TestPeople.OtherAgent.UserId, by: null, site.Clock.Now);
            var talk = new Correspondence { LeadId = lead.Id, Subject = "Menu", HappenedAt = site.Clock.Now, CreatedAt = site.Clock.Now };
            db.AddRange(lead, talk);
            pdf = Keep("Menü.pdf", FileTypes.Pdf);
            csv = Keep("prices.csv", FileTypes.Csv);
            db.RolePermissions.Add(new() { Role = Roles.Agent, Permission = nameof(Permission.SeeAllLeads), Granted = false });
            await db.SaveChangesAsync(Ct);

            Guid Keep(string name, string type)
            {
                var file = new Crm.Data.Files.StoredFile { Name = name, ContentType = type, Bytes = SomeFiles.Pdf.Length, Hash = new string('a', 64), CreatedAt = site.Clock.Now };
                db.AddRange(file, new Crm.Data.Files.FileBody { FileId = file.Id, Content = SomeFiles.Pdf }, new CorrespondenceFile { CorrespondenceId = talk.Id, FileId = file.Id, LeadId = lead.Id });
                return file.Id;
            }
        }
        await site.HearAsync();
        using var owner = site.Browser();
        await owner.SignInAsync(TestPeople.OtherAgent.UserName);
        using var other = site.Browser();
        await other.SignInAsync(TestPeople.Agent.UserName);

        await owner.GoAsync($"/files/{pdf}");
        var (shown, headers) = (owner.Answer.Content.Headers, owner.Answer.Headers);
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "nosniff"), (owner.Status, shown.ContentType!.MediaType, headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(("inline", "Menü.pdf"), (shown.ContentDisposition!.DispositionType, shown.ContentDisposition.FileNameStar));
        Assert.True(headers.CacheControl is { NoStore: true, Private: true });
        Assert.StartsWith("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal($"\"{new string('a', 64)}\"", headers.ETag!.Tag);
        await owner.GoAsync($"/files/{csv}");
        Assert.Equal("attachment", owner.Answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", owner.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await other.GoAsync($"/files/{pdf}");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    private static LeadTalkEdit Talk(string subject, params NewFile[] files) => new() { Subject = subject, Files = files };

    private static async Task SweepAsync(TestShop shop) => Assert.Contains("removed", await shop.AsSystem().Get<FileSweep>().RunAsync(Ct), StringComparison.Ordinal);
}
