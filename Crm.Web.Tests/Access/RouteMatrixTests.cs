using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using AngleSharp;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Bulk;
using Crm.Data.Exchange;
using Crm.Data.Files;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Platform.Bulk;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Features.Customers.Portal;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Access;

/// <summary>Every page and endpoint against everybody who may come, by real requests with real cookies.</summary>
[Trait("contract", "M-037")]
[Trait("contract", "M-043")]
[Trait("contract", "M-046")]
public sealed class RouteMatrixTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    // The framework's own: its script, its circuits, its files; they carry no data of the shop.
    private static readonly string[] Framework = ["_framework", "_blazor", "_content", "{**path:file}"];

    [Fact]
    public async Task Every_route_has_a_row_and_every_row_a_route()
    {
        await using var site = await TestSite.OpenAsync(DatabaseKind.Sqlite);
        var routes = site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.All(m => m.GetType().Name != "StaticAssetDescriptor") && !ApiRows.IsForPrograms(e))
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !Framework.Contains(route.Split('/')[1])).Distinct().ToList();
        var rows = RouteRows.All.Select(r => r.Route).ToList();

        Faults.None(routes.Except(rows).Select(route => $"{route} has no row in {nameof(RouteRows)}."));
        Faults.None(rows.Except(routes).Select(route => $"{route} stands in {nameof(RouteRows)} and is mapped nowhere."));
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Each_visitor_opens_what_is_theirs_and_is_kept_out_of_the_rest(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var ids = await ArrangeAsync(site);
        var faults = new List<string>();
        foreach (var visitor in Enum.GetValues<Visitor>())
        {
            using var browser = await ComeAsync(site, visitor);
            await using var db = site.Open();
            var before = await TableContents.ReadAsync(db, "Sessions");
            foreach (var row in RouteRows.All.Where(r => !r.IsPost && !r.Who.Allows(visitor)))
            {
                await browser.GoAsync(Address(row, ids));
                if (Leaks(visitor, browser)) faults.Add($"{row.Route} tells {visitor} of customer B.");
                if (!IsKeptOut(row, browser)) faults.Add($"{row.Route} is for {row.Who.Words}, but {visitor} got {(int)browser.Status} {browser.Location}.");
            }
            faults.AddRange((await TableContents.ReadAsync(db, "Sessions")).Where(t => before[t.Key] != t.Value).Select(t => $"{t.Key} changed while {visitor} was kept out."));
            foreach (var row in RouteRows.All.Where(r => !r.IsPost && r.Who.Allows(visitor)))
            {
                await browser.GoAsync(Address(row, ids));
                if (Leaks(visitor, browser)) faults.Add($"{row.Route} tells {visitor} of customer B.");
                if ((int)browser.Status >= 500 || row.Who != Who.Anybody && IsKeptOut(row, browser)) faults.Add($"{row.Route} is for {row.Who.Words}, but {visitor} got {(int)browser.Status} {browser.Location}.");
            }
        }
        Faults.None(faults);
    }

    [Theory, BothDatabases]
    public async Task A_form_that_is_not_theirs_to_send_does_nothing(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        await ArrangeAsync(site);
        var faults = new List<string>();
        foreach (var visitor in Enum.GetValues<Visitor>())
        {
            using var browser = await ComeAsync(site, visitor);
            await using var db = site.Open();
            var theirs = (await db.Sessions.AddAsync(new() { UserId = TestPeople.CustomerB.UserId, Kind = SessionKind.Browser, StartedAt = site.Clock.Now, ExpiresAt = site.Clock.Now.AddHours(1) }, Ct)).Entity;
            await db.SaveChangesAsync(Ct);
            var before = await TableContents.ReadAsync(db);
            foreach (var row in RouteRows.All.Where(r => r.IsPost && !r.Who.Allows(visitor)))
            {
                await browser.GoAsync(visitor is Visitor.Anonymous or Visitor.Deactivated ? "/account/sign-in" : "/account/refused");
                var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
                await browser.PostAsync(row.Route, [new("__RequestVerificationToken", token), new("id", theirs.Id.ToString()), new("password", Given.Password)]);
                if (!IsKeptOut(browser)) faults.Add($"{row.Route} is for {row.Who.Words}, but {visitor} got {(int)browser.Status} {browser.Location}.");
            }
            foreach (var row in RouteRows.All.Where(r => r.IsPost))
            {
                // From another site's page, which has no token of this browser.
                await browser.PostAsync(row.Route, [new("id", theirs.Id.ToString()), new("password", Given.Password)]);
                if (row.Route != "/theme" && (int)browser.Status < 400 && !IsKeptOut(browser)) faults.Add($"{row.Route} took a form without a token from {visitor}: {(int)browser.Status} {browser.Location}.");
            }
            faults.AddRange((await TableContents.ReadAsync(db)).Where(t => before[t.Key] != t.Value).Select(t => $"{t.Key} changed while {visitor} was kept out."));
        }
        Faults.None(faults);
    }

    /// <summary>Staff may read of customer B; nobody else may.</summary>
    private static bool Leaks(Visitor visitor, TestBrowser browser) =>
        visitor is Visitor.Anonymous or Visitor.Deactivated or Visitor.CustomerA && browser.Page.ToHtml().Contains(TestPeople.CustomerB.LastName, StringComparison.Ordinal);

    private static bool IsKeptOut(RouteRow row, TestBrowser browser) =>
        row.Shows is { } words ? !browser.Page.ToHtml().Contains(words, StringComparison.Ordinal) : IsKeptOut(browser);

    private static bool IsKeptOut(TestBrowser browser) =>
        browser.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
        || browser.Location is { } to && (to.StartsWith("/account/sign-in", StringComparison.Ordinal) || to.StartsWith("/account/refused", StringComparison.Ordinal));

    private static string Address(RouteRow row, IReadOnlyDictionary<string, string> ids)
    {
        var address = row.Route.Replace("{Code:int}", "404", StringComparison.Ordinal);
        foreach (var (name, id) in ids) address = address.Replace($"{{{name}:guid}}", id, StringComparison.OrdinalIgnoreCase).Replace($"{{{name}}}", id, StringComparison.Ordinal);
        Assert.DoesNotContain("{", address);
        return address;
    }

    private static async Task<TestBrowser> ComeAsync(TestSite site, Visitor visitor)
    {
        var browser = site.Browser();
        if (visitor is Visitor.Anonymous) return browser;
        await browser.SignInAsync(NameOf(visitor));
        if (visitor is not Visitor.Deactivated) return browser;
        await using (var db = site.Open())
        {
            (await db.Users.SingleAsync(u => u.UserName == NameOf(visitor), Ct)).IsActive = false;
            await db.SaveChangesAsync(Ct);
        }
        await site.HearAsync();
        return browser;
    }

    private static string NameOf(Visitor visitor) => (Who.PersonOf(visitor) ?? TestPeople.OtherAgent).UserName;

    private static async Task<Dictionary<string, string>> ArrangeAsync(TestSite site)
    {
        var hash = await site.Get<Web.Features.Accounts.Passwords.PasswordHasher>().HashAsync(Given.Password, Ct);
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress)) zip.Write("a,b\n"u8);
        var run = new ImportRun { Kind = "online-retail", FileName = "x.csv", StartedAt = site.Clock.Now, RefusedCsv = packed.ToArray() };
        var passkey = SomePasskey.Of(TestPeople.CustomerA.UserId, "Phone of Otieno");
        var file = new StoredFile { Name = "menu.txt", ContentType = "text/plain", Bytes = 3, Hash = new string('0', 64), CreatedAt = site.Clock.Now };
        Guid leadId;
        await using (var db = site.Open())
        {
            foreach (var user in await db.Users.ToListAsync(Ct)) user.SetPassword(hash);
            var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, Ct), CreatedAt = site.Clock.Now };
            lead.Describe("Accra Grill House", null, null, null, null, null, null, null);
            lead.MoveTo(LeadStatus.New, 0, site.Clock.Now);
            db.Leads.Add(lead);
            var talk = new Correspondence { LeadId = lead.Id, Subject = "Menu", HappenedAt = site.Clock.Now, CreatedAt = site.Clock.Now };
            db.AddRange(talk, file, new FileBody { FileId = file.Id, Content = "yam"u8.ToArray() }, new CorrespondenceFile { CorrespondenceId = talk.Id, FileId = file.Id, LeadId = lead.Id });
            db.ImportRuns.Add(run);
            var leftOut = new StoredFile { Name = IntakeBulkKind.LeftOutName(run.Id), ContentType = "application/octet-stream", Bytes = 1, Hash = file.Hash, CreatedAt = site.Clock.Now };
            db.AddRange(leftOut, new FileBody { FileId = leftOut.Id, Content = packed.ToArray() });
            var import = new BulkRun
            {
                Id = run.Id, Kind = "intake.skip", Title = "Import x.csv", Request = BulkRequest.Write(new IntakeOrder(Guid.Empty, [null]).Write(), []), StartedById = TestPeople.Owner.UserId, StartedAt = site.Clock.Now,
            };
            import.End(BulkState.Finished, null, site.Clock.Now);
            db.BulkRuns.Add(import);
            db.UserPasskeys.Add(passkey);
            await db.SaveChangesAsync(Ct);
            leadId = lead.Id;
        }
        var order = await Trade.SellAsync(site.Open, TestPeople.CustomerA, 1_000, site.Clock.Now);
        return new()
        {
            ["LeadId"] = leadId.ToString(), ["DealId"] = leadId.ToString(), ["CustomerId"] = TestPeople.CustomerA.CustomerId!.Value.ToString(), ["OrderId"] = order.Id.ToString(), ["runId"] = run.Id.ToString(),
            ["fileId"] = file.Id.ToString(),
            ["secret"] = "guessed",
            ["Id"] = Base64Url.EncodeToString(passkey.CredentialId),
        };
    }
}
