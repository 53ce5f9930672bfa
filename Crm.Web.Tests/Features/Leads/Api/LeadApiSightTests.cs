using System.Net;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Api;

public sealed class LeadApiSightTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task An_agent_who_sees_only_their_own_leads_finds_no_other_by_any_address(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var other = await site.CallerAsync(TestPeople.OtherAgent);
        var theirs = await other.LeadAsync("Theirs");
        var contact = await other.ContactAsync(theirs);
        var note = await other.AddAsync("/api/notes/", new { lead = theirs, content = "Secret" });
        var reminder = await other.AddAsync("/api/reminders/", new { lead = theirs, title = "Secret", reminder_date = "2026-11-01T10:00:00Z" });
        var talk = await other.AddAsync("/api/correspondences/", new { contact, type = "email", subject = "Secret", description = "Secret" });
        var mine = await agent.LeadAsync("Mine");
        await Rights.TakeAsync(site, Roles.Agent, Permission.SeeAllLeads);

        foreach (var path in new[] { $"leads/{theirs}", $"contacts/{contact}", $"notes/{note}", $"reminders/{reminder}", $"correspondences/{talk}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/api/{path}/")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await agent.PatchAsync($"/api/{path}/", new { name = "x", title = "x", content = "x", subject = "x" })).Status);
            if (!path.StartsWith("leads", StringComparison.Ordinal) && !path.StartsWith("contacts", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.NotFound, (await agent.DeleteAsync($"/api/{path}/")).Status);
        }
        foreach (var list in new[] { "contacts", "notes", "reminders", "correspondences", "reminders/overdue" }) Assert.Equal("0", (await agent.GetAsync($"/api/{list}/"))["count"]);
        Assert.Equal(["Mine"], await agent.ColumnAsync("/api/leads/"));
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/api/contacts/{contact}/correspondences/")).Status);
        Assert.DoesNotContain("Theirs", (await agent.GetAsync("/api/leads/export/csv/")).Text, StringComparison.Ordinal);
        foreach (var (list, body) in new (string, object)[]
        {
            ("contacts", new { lead = theirs, name = "x", email = "x@mail.example" }), ("notes", new { lead = theirs, content = "x" }), ("reminders", new { lead = theirs, title = "x", reminder_date = "2026-12-01T10:00:00Z" }),
        })
            (await agent.PostAsync($"/api/{list}/", body)).Is(HttpStatusCode.BadRequest, $$"""{"lead":["Invalid pk \"{{theirs}}\" - object does not exist."]}""");
        (await agent.GetAsync($"/api/notes/?lead={theirs}")).Is(HttpStatusCode.BadRequest, """{"lead":["Select a valid choice. That choice is not one of the available choices."]}""");
        var stats = await agent.GetAsync("/api/dashboard/stats/");
        Assert.Equal(("1", "0", "0"), (stats["total_leads"], stats["total_contacts"], stats["total_notes"]));
        Assert.DoesNotContain("Theirs", stats.Text, StringComparison.Ordinal);

        // Giving away what one sees is answered once; then it is out of sight.
        Assert.Equal("tunde", (await agent.PatchAsync($"/api/leads/{mine}/", new { owner_id = TestPeople.OtherAgent.UserId }))["owner", "username"]);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/api/leads/{mine}/")).Status);
    }

    [Theory, BothDatabases]
    public async Task Customers_and_strangers_are_refused(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var customer = await site.CallerAsync(TestPeople.CustomerA);
        using var stranger = await site.CallerAsync(null);
        foreach (var path in new[] { "leads", "contacts", "notes", "reminders", "correspondences", "audit-logs", "dashboard/stats", "opportunities" })
        {
            (await customer.GetAsync($"/api/{path}/")).Is(HttpStatusCode.Forbidden, """{"detail":"You do not have permission to perform this action."}""");
            (await stranger.GetAsync($"/api/{path}/")).Is(HttpStatusCode.Unauthorized, """{"detail":"Authentication credentials were not provided."}""");
        }
    }

    private static class Rights
    {
        public static async Task TakeAsync(TestSite site, string role, Permission permission)
        {
            await using (var scope = site.Get<IServiceScopeFactory>().CreateAsyncScope())
            {
                scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(TestPeople.Owner.Principal(), null);
                Assert.Null((await scope.ServiceProvider.GetRequiredService<RightsService>().SetAsync(role, permission, false, CancellationToken.None)).Error);
            }
            await site.HearAsync();
        }
    }
}
