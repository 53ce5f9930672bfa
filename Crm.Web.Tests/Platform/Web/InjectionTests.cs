using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Architecture;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Web;

/// <summary>What somebody types is never read as SQL.</summary>
[Trait("contract", "M-052")]
public sealed class InjectionTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly string[] Hostile = ["' OR '1'='1", "'; DROP TABLE \"Users\"; --", "\" OR \"\"=\"", "1); DELETE FROM \"Users\"; --", "%' AND 1=0 UNION SELECT \"PasswordHash\" FROM \"Users\" --", "\\'", "*", "name\"--", "id;--"];
    private static readonly string[] Parameters = ["q", "search", "sort", "ordering", "after", "status", "source", "city", "tier", "owner", "from", "page", "tag", "month"];

    [Theory, BothDatabases]
    public async Task Whatever_stands_in_an_address_changes_no_row_and_breaks_nothing(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.SignInAsync((await Given.AccountAsync(site.Open, Roles.Owner)).UserName);
        var (program, _, _) = await site.SignedInAsync(Roles.Owner);
        using var _1 = program;
        await using var db = site.Open();
        var before = await UsersAsync(db);
        string[] lists = ["/api/leads/", "/api/customers/", "/api/customers/admin/customers/", "/api/contacts/", "/api/reminders/", "/api/users/", "/api/audit-logs/"];

        foreach (var hostile in Hostile)
        {
            var query = string.Join('&', Parameters.Select(p => $"{p}={Uri.EscapeDataString(hostile)}"));
            foreach (var page in RouteRows.All.Where(r => !r.IsPost && !r.Route.Contains('{', StringComparison.Ordinal) && r.Route != "/error").Select(r => r.Route))
            {
                await browser.GoAsync($"{page}?{query}");
                Assert.True((int)browser.Status < 500, $"{page} answered {browser.Status} to {hostile}");
                Assert.DoesNotContain("$argon2id$", browser.Page.Source.Text, StringComparison.Ordinal);
            }
            foreach (var list in lists)
            {
                var answer = await program.GetAsync($"{list}?{query}");
                Assert.True((int)answer.Status < 500, $"{list} answered {answer.Status} to {hostile}");
                Assert.DoesNotContain("$argon2id$", answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, await UsersAsync(db));
    }

    [Theory, BothDatabases]
    public async Task Nobody_signs_in_by_it(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var hostile in Hostile)
        {
            using var browser = site.Browser();
            await browser.SignInAsync(hostile, hostile);
            Assert.Equal((HttpStatusCode.OK, true), (browser.Status, browser.Alert is not null));
            using var program = site.Program();
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("/api/token/", new { username = hostile, password = hostile })).Status);
        }
    }

    [Fact]
    public void No_statement_is_put_together_from_text_but_in_the_files_that_are_known()
    {
        // Names of tables and columns of the model, and settings of the connection; values are parameters everywhere.
        string[] known = ["Crm.Data/Storage/BulkRows.cs", "Crm.Data/Storage/SqlitePragmas.cs", "Crm.Web/Platform/Jobs/QuartzStore.cs"];
        string[] raw = ["FromSql" + "Raw", "ExecuteSql" + "Raw", "SqlQuery" + "Raw", "Command" + "Text ="];
        var files = TheHouse.Sources.Where(s => (s.Path.StartsWith("Crm.Web/", StringComparison.Ordinal) || s.Path.StartsWith("Crm.Data/", StringComparison.Ordinal)) && !s.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(s => raw.Any(word => s.Text.Contains(word, StringComparison.Ordinal))).Select(s => s.Path);
        Assert.Empty(files.Except(known));
    }

    private static Task<string> UsersAsync(Crm.Data.CrmDbContext db) => TableContents.SumAsync(db, "SELECT \"Id\", \"UserName\", \"PasswordHash\", \"IsActive\" FROM \"Users\"");
}
