using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Features.Leads.Api;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Interactions;

[Trait("contract", "M-232"), Trait("contract", "M-149")]
public sealed class InteractionApiTests
{
    private static readonly string A = TestPeople.CustomerA.CustomerId!.Value.ToString();
    private static readonly string B = TestPeople.CustomerB.CustomerId!.Value.ToString();
    private static readonly string Nobody = Guid.CreateVersion7().ToString();

    [Theory, BothDatabases]
    public async Task Staff_log_read_change_and_delete_interactions(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var sales = await site.AgentAsync();
        (await sales.GetAsync("/api/interactions/")).Is(HttpStatusCode.OK, "[]");

        var added = await sales.PostAsync("/api/interactions/", new { customer = A, interaction_type = "Call", notes = "Wants yam", next_action = "Send prices", date = "2001-01-01T00:00:00Z" });
        added.Is(HttpStatusCode.Created, $$"""{"id":"{{added["id"]}}","customer":"{{A}}","interaction_type":"Call","notes":"Wants yam","date":"2026-11-20T15:00:00Z","next_action":"Send prices"}""");
        (await sales.GetAsync("/api/interactions")).Is(HttpStatusCode.OK, $"[{added.Text}]");
        var one = $"/api/interactions/{added["id"]}/";
        Assert.Equal(("Visit", "Wants yam"), ((await sales.PatchAsync(one, new { interaction_type = "Visit" })) is var p ? (p["interaction_type"], p["notes"]) : default));
        Assert.Equal("Email", (await sales.PutAsync(one, new { customer = A, interaction_type = "Email", notes = "x", next_action = "y" }))["interaction_type"]);

        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"customer":["This field is required."],"interaction_type":["This field is required."],"notes":["This field is required."],"next_action":["This field is required."]}"""),
            (new { customer = Nobody, interaction_type = "x", notes = "x", next_action = "x" }, $$"""{"customer":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
            (new { customer = A, interaction_type = new string('x', 51), notes = "", next_action = new string('x', 101) },
                """{"interaction_type":["Ensure this field has no more than 50 characters."],"notes":["This field may not be blank."],"next_action":["Ensure this field has no more than 100 characters."]}"""),
        })
            (await sales.PostAsync("/api/interactions/", body)).Is(HttpStatusCode.BadRequest, words);
        Assert.Equal(HttpStatusCode.BadRequest, (await sales.PatchAsync(one, new { customer = B })).Status);
        (await sales.DeleteAsync(one)).Is(HttpStatusCode.NoContent, "");
        (await sales.GetAsync(one)).Is(HttpStatusCode.NotFound, """{"detail":"No Interaction matches the given query."}""");
    }

    [Theory, BothDatabases, Trait("contract", "M-150")]
    public async Task A_customer_reads_their_own_and_writes_none(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var sales = await site.AgentAsync();
        using var customer = await site.CallerAsync(TestPeople.CustomerA);
        var own = await sales.AddAsync("/api/interactions/", new { customer = A, interaction_type = "Call", notes = "Own", next_action = "x" });
        var others = await sales.AddAsync("/api/interactions/", new { customer = B, interaction_type = "Call", notes = "ZZ-B-SECRET", next_action = "x" });

        Assert.Equal([own], await customer.ColumnAsync("/api/interactions/", "id"));
        Assert.Equal("Own", (await customer.GetAsync($"/api/interactions/{own}/"))["notes"]);
        (await customer.GetAsync($"/api/interactions/{others}/")).Is(HttpStatusCode.NotFound, """{"detail":"No Interaction matches the given query."}""");
        foreach (var answer in new[]
        {
            await customer.PostAsync("/api/interactions/", new { customer = A, interaction_type = "Call", notes = "x", next_action = "x" }),
            await customer.PatchAsync($"/api/interactions/{own}/", new { notes = "x" }), await customer.PutAsync($"/api/interactions/{others}/", new { notes = "x" }), await customer.DeleteAsync($"/api/interactions/{own}/"),
        })
            answer.Is(HttpStatusCode.Forbidden, """{"detail":"You do not have permission to perform this action."}""");
        using var stranger = await site.CallerAsync(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/interactions/")).Status);
        await using var db = site.Open();
        Assert.Equal(2, await db.Interactions.CountAsync());
    }
}
