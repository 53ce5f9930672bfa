using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Api;

/// <summary>The audit log and the desk's figures.</summary>
public sealed class DeskApiTests
{
    private static readonly string Nobody = Guid.CreateVersion7().ToString();

    [Theory, BothDatabases, Trait("contract", "M-153"), Trait("contract", "M-154"), Trait("contract", "M-155")]
    public async Task The_audit_log_tells_managers_who_changed_what_from_what_to_what(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var manager = await site.CallerAsync(TestPeople.Manager);
        var lead = await agent.LeadAsync("Yam House", value: 100);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await agent.PatchAsync($"/api/leads/{lead}/", new { status = "contacted", priority = "high", estimated_value = "250.50", company = "Yam Ltd", description = "not told" });
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        var contact = await agent.ContactAsync(lead);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await manager.PatchAsync($"/api/contacts/{contact}/", new { position = "Owner" });
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await manager.DeleteAsync($"/api/contacts/{contact}/");

        Assert.Equal(["delete", "update", "create", "update", "create"], await manager.ColumnAsync("/api/audit-logs/", "action"));
        Assert.Equal(["Contact", "Contact", "Contact", "Lead", "Lead"], await manager.ColumnAsync("/api/auditlogs/", "model_name"));
        Assert.Equal(["create", "update", "create", "update", "delete"], await manager.ColumnAsync("/api/audit-logs/?ordering=timestamp", "action"));
        Assert.Equal(["Kwame", "Kwame", "Kwame"], await manager.ColumnAsync("/api/audit-logs/?model_name=Contact", "object_repr"));
        Assert.Equal(["update", "update"], await manager.ColumnAsync("/api/audit-logs/?action=update", "action"));
        Assert.Equal(["delete", "update"], await manager.ColumnAsync($"/api/audit-logs/?user={TestPeople.Manager.UserId}", "action"));
        Assert.Equal(["Yam House", "Yam House"], await manager.ColumnAsync("/api/audit-logs/?search=house%20yam", "object_repr"));
        (await manager.GetAsync("/api/audit-logs/?action=x")).Is(HttpStatusCode.BadRequest, """{"action":["Select a valid choice. x is not one of the available choices."]}""");

        var trail = (await manager.GetAsync($"/api/leads/{lead}/audit_log/")).Json;
        Assert.Equal(2, trail.GetArrayLength());
        var update = trail[0];
        Assert.Equal(["id", "user", "action", "model_name", "object_id", "object_repr", "changes", "timestamp", "ip_address"], update.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"company":{"old":"","new":"Yam Ltd"},"status":{"old":"new","new":"contacted"},"priority":{"old":"medium","new":"high"},"estimated_value":{"old":"100.00","new":"250.50"}}""", update.GetProperty("changes").GetRawText());
        Assert.Equal(("ama", lead, "2026-11-20T15:00:01Z"), (update.GetProperty("user").GetProperty("username").GetString(), update.GetProperty("object_id").GetString(), update.GetProperty("timestamp").GetString()));
        Assert.Equal("{}", trail[1].GetProperty("changes").GetRawText());
        var one = await manager.GetAsync($"/api/audit-logs/{update.GetProperty("id")}/");
        Assert.Equal(update.GetRawText(), one.Text);
        (await manager.GetAsync($"/api/contacts/{contact}/audit_log/")).Is(HttpStatusCode.NotFound, """{"detail":"Not found."}""");
        (await manager.GetAsync($"/api/audit-logs/{Nobody}/")).Is(HttpStatusCode.NotFound, """{"detail":"Not found."}""");

        foreach (var path in new[] { "/api/audit-logs/", "/api/auditlogs/", $"/api/leads/{lead}/audit_log/" })
        {
            (await agent.GetAsync(path)).Is(HttpStatusCode.Forbidden, """{"detail":"You do not have permission to perform this action."}""");
            (await manager.PostAsync(path, new { })).Is(HttpStatusCode.MethodNotAllowed, """{"detail":"Method \"POST\" not allowed."}""");
        }
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await manager.SendAsync(method, $"/api/audit-logs/{update.GetProperty("id")}/", new { })).Status);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-225"), Trait("contract", "M-156"), Trait("contract", "M-157"), Trait("contract", "M-158"), Trait("contract", "M-159"), Trait("contract", "M-160"), Trait("contract", "M-161"), Trait("contract", "M-162")]
    public async Task The_figures_of_the_desk_are_right_and_never_older_than_ones_own_change(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var manager = await site.CallerAsync(TestPeople.Manager);
        (await agent.GetAsync("/api/dashboard/stats/")).Is(HttpStatusCode.OK,
            """{"total_leads":0,"user_total_leads":0,"new_leads":0,"contacted_leads":0,"qualified_leads":0,"converted_leads":0,"lost_leads":0,"total_value":0.0,"user_total_value":0.0,"status_distribution":{},"priority_distribution":{},"recent_activity":[],"upcoming_reminders":[],"overdue_reminders_count":0,"total_contacts":0,"total_notes":0}""");

        var yam = await agent.LeadAsync("Yam House", value: 100.25m, priority: "high");
        Assert.Equal("1", (await agent.GetAsync("/api/dashboard/stats/"))["total_leads"]);
        await agent.LeadAsync("Lost House", "lost", value: 50);
        await manager.LeadAsync("Plantain House", "contacted", value: 200);
        await agent.ContactAsync(yam);
        await agent.AddAsync("/api/notes/", new { lead = yam, content = "Words" });
        for (var day = 1; day <= 6; day++) await agent.AddAsync("/api/reminders/", new { lead = yam, title = $"Day {day}", reminder_date = $"2026-12-{day:00}T10:00:00Z" });
        await agent.AddAsync("/api/reminders/", new { lead = yam, title = "Late", reminder_date = "2026-11-19T10:00:00Z" });
        await manager.AddAsync("/api/reminders/", new { lead = yam, title = "The manager's", reminder_date = "2026-11-19T10:00:00Z" });
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await manager.PatchAsync($"/api/leads/{yam}/", new { status = "qualified" });

        var stats = await agent.GetAsync("/api/dashboard-stats/");
        Assert.Equal(("3", "2", "0", "1", "1", "0", "1"), (stats["total_leads"], stats["user_total_leads"], stats["new_leads"], stats["contacted_leads"], stats["qualified_leads"], stats["converted_leads"], stats["lost_leads"]));
        Assert.Equal((350.25m, 150.25m), (stats.Json.GetProperty("total_value").GetDecimal(), stats.Json.GetProperty("user_total_value").GetDecimal()));
        Assert.Equal("""{"contacted":1,"qualified":1,"lost":1}""", stats["status_distribution"]);
        Assert.Equal("""{"medium":2,"high":1}""", stats["priority_distribution"]);
        Assert.Equal(("1", "1", "1"), (stats["overdue_reminders_count"], stats["total_contacts"], stats["total_notes"]));
        var upcoming = stats.Json.GetProperty("upcoming_reminders");
        Assert.Equal(["Day 1", "Day 2", "Day 3", "Day 4", "Day 5"], upcoming.EnumerateArray().Select(r => r.GetProperty("title").GetString()));
        Assert.Equal($$"""{"id":"{{upcoming[0].GetProperty("id")}}","title":"Day 1","lead":"Yam House","date":"2026-12-01T10:00:00Z"}""", upcoming[0].GetRawText());
        var recent = stats.Json.GetProperty("recent_activity");
        Assert.Equal(10, recent.GetArrayLength());
        Assert.Equal($$"""{"id":"{{recent[0].GetProperty("id")}}","user":"malik","action":"Update","model":"Lead","object":"Yam House","timestamp":"2026-11-20T15:00:01Z"}""", recent[0].GetRawText());
        Assert.Equal(("1", "1"), ((await manager.GetAsync("/api/dashboard/stats/")) is var m ? (m["user_total_leads"], m["overdue_reminders_count"]) : default));

        // Past every news: nobody is told of it, and two seconds later it shows.
        await using (var db = site.Open()) await db.Leads.Where(l => l.Id == Guid.Parse(yam)).ExecuteUpdateAsync(set => set.SetProperty(l => l.ValueMinor, 0));
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(250.0m, (await agent.GetAsync("/api/dashboard/stats/")).Json.GetProperty("total_value").GetDecimal());
    }
}
