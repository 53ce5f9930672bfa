using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Api;

[Trait("contract", "M-231"), Trait("contract", "M-138")]
public sealed class OpportunityApiTests
{
    private static readonly string CustomerA = TestPeople.CustomerA.CustomerId!.Value.ToString();
    private static readonly string Nobody = Guid.CreateVersion7().ToString();

    [Theory, BothDatabases]
    public async Task Opportunities_are_added_read_changed_and_deleted_in_the_shapes_that_clients_know(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var sales = await site.AgentAsync();
        (await sales.GetAsync("/api/opportunities/")).Is(HttpStatusCode.OK, "[]");

        var added = await sales.PostAsync("/api/opportunities/", new { title = "Weekly yam", description = "Ten boxes", stage = "Prospecting", customer = CustomerA, assigned_to = TestPeople.OtherAgent.UserId });
        var id = added["id"];
        added.Is(HttpStatusCode.Created, $$"""{"id":"{{id}}","title":"Weekly yam","description":"Ten boxes","stage":"Prospecting","customer":"{{CustomerA}}","assigned_to":"{{TestPeople.OtherAgent.UserId}}"}""");
        (await sales.GetAsync("/api/opportunities")).Is(HttpStatusCode.OK, $"[{added.Text}]");
        var one = $"/api/opportunities/{id}/";

        Assert.Equal(("Closed", "Weekly yam"), ((await sales.PatchAsync(one, new { stage = "Closed" })) is var closed ? (closed["stage"], closed["title"]) : default));
        Assert.Equal("Won", await StageAsync(site));
        Assert.Equal("Closed", (await sales.PatchAsync(one, new { title = "Yam" }))["stage"]);
        Assert.Equal("Closed Lost", (await sales.PatchAsync(one, new { stage = "Closed Lost" }))["stage"]);
        Assert.Equal("Lost", await StageAsync(site));
        Assert.Equal("Waiting for the boss", (await sales.PatchAsync(one, new { stage = "Waiting for the boss" }))["stage"]);
        Assert.Equal("Lead", await StageAsync(site));
        var put = await sales.PutAsync(one, new { title = "Yam", description = "Five", stage = "Negotiation", customer = CustomerA });
        Assert.Equal(("Negotiation", TestPeople.OtherAgent.UserId.ToString()), (put["stage"], put["assigned_to"]));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await sales.PatchAsync(one, new { assigned_to = (string?)null })).Json.GetProperty("assigned_to").ValueKind);

        (await sales.DeleteAsync(one)).Is(HttpStatusCode.NoContent, "");
        foreach (var answer in new[] { await sales.GetAsync(one), await sales.DeleteAsync(one), await sales.PatchAsync(one, new { title = "x" }), await sales.GetAsync("/api/opportunities/9/") })
            answer.Is(HttpStatusCode.NotFound, """{"detail":"No Opportunity matches the given query."}""");
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_taken_is_said_field_by_field_and_nothing_is_saved(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var sales = await site.AgentAsync();
        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"title":["This field is required."],"description":["This field is required."],"stage":["This field is required."],"customer":["This field is required."]}"""),
            (new { title = new string('x', 256), description = "", stage = new string('x', 51), customer = "9" },
                """{"title":["Ensure this field has no more than 255 characters."],"description":["This field may not be blank."],"stage":["Ensure this field has no more than 50 characters."],"customer":["Invalid pk \"9\" - object does not exist."]}"""),
            (new { title = "x", description = "x", stage = "Lead", customer = Nobody }, $$"""{"customer":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
            (new { title = "x", description = "x", stage = "Lead", customer = CustomerA, assigned_to = "9" }, """{"assigned_to":["Invalid pk \"9\" - object does not exist."]}"""),
            (new { title = "x", description = "x", stage = "Lead", customer = CustomerA, assigned_to = TestPeople.CustomerB.UserId }, """{"assigned_to":["Choose somebody who works here."]}"""),
        })
            (await sales.PostAsync("/api/opportunities/", body)).Is(HttpStatusCode.BadRequest, words);
        var id = await sales.AddAsync("/api/opportunities/", new { title = "x", description = "x", stage = "Lead", customer = CustomerA });
        Assert.Equal(HttpStatusCode.BadRequest, (await sales.PatchAsync($"/api/opportunities/{id}/", new { stage = "Closed", customer = Nobody })).Status);
        Assert.Equal("Lead", (await sales.GetAsync($"/api/opportunities/{id}/"))["stage"]);
    }

    [Theory, BothDatabases]
    public async Task A_lead_that_is_deleted_takes_its_own_deals_with_it_and_leaves_those_of_its_customer(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var manager = await site.CallerAsync(TestPeople.Manager);
        var lead = Guid.Parse(await manager.LeadAsync("Yam House"));
        var (its, both) = (await ApiThings.AddAsync(site, "/api/opportunities/", Visitor.Manager), Guid.Parse(await manager.AddAsync("/api/opportunities/", new { title = "x", description = "x", stage = "Lead", customer = CustomerA })));
        await using (var db = site.Open())
        {
            (await db.Opportunities.SingleAsync(o => o.Id == its)).BelongTo(lead, null);
            (await db.Opportunities.SingleAsync(o => o.Id == both)).BelongTo(lead, TestPeople.CustomerA.CustomerId);
            await db.SaveChangesAsync();
        }
        (await manager.DeleteAsync($"/api/leads/{lead}/")).Is(HttpStatusCode.NoContent, "");
        Assert.Equal([both.ToString()], await manager.ColumnAsync("/api/opportunities/", "id"));
    }

    private static async Task<string> StageAsync(TestSite site)
    {
        await using var db = site.Open();
        return await (from deal in db.Opportunities join stage in db.OpportunityStages on deal.StageId equals stage.Id select stage.Name).SingleAsync();
    }
}
