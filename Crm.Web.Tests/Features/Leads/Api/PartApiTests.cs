using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Api;

public sealed class PartApiTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Ama = """{"id":"01900000-0000-7000-8000-000000000003","username":"ama","email":"ama@example.com","first_name":"Ama","last_name":"Boakye","role":"agent","phone":""}""";
    private const string Now = "2026-11-20T15:00:00Z";
    private const string NotFound = """{"detail":"Not found."}""";
    private static readonly string Nobody = Guid.CreateVersion7().ToString();

    [Theory, BothDatabases, Trait("contract", "M-221"), Trait("contract", "M-132"), Trait("contract", "M-133"), Trait("contract", "M-134")]
    public async Task Contacts_are_added_changed_and_taken_away_and_the_newer_primary_wins(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var agent = await site.AgentAsync();
        using var manager = await site.CallerAsync(TestPeople.Manager);
        var lead = await agent.LeadAsync("Accra Grill House");

        var kwame = await agent.PostAsync("/api/contacts/", new { lead, name = "Kwame", email = "kwame@mail.example", phone = "+233 24 412 3456", position = "Owner", notes = "Mornings" });
        kwame.Is(HttpStatusCode.Created, $$"""{"id":"{{kwame["id"]}}","lead":"{{lead}}","name":"Kwame","email":"kwame@mail.example","phone":"+233244123456","position":"Owner","is_primary":true,"notes":"Mornings","created_at":"{{Now}}","updated_at":"{{Now}}"}""");
        var efua = await agent.PostAsync("/api/contacts/", new { lead, name = "Efua", email = "efua@mail.example", is_primary = true });
        Assert.Equal("True", efua["is_primary"]);
        var one = $"/api/contacts/{kwame["id"]}/";
        Assert.Equal("False", (await agent.GetAsync(one))["is_primary"]);

        Assert.Equal(("Kwame Mensah", "Owner"), ((await agent.PutAsync(one, new { lead, name = "Kwame Mensah", email = "kwame@mail.example" })) is var put ? (put["name"], put["position"]) : default));
        Assert.Equal("", (await agent.PatchAsync(one, new { position = "" }))["position"]);
        Assert.Equal("True", (await agent.PatchAsync(one, new { is_primary = true }))["is_primary"]);
        Assert.Equal("False", (await agent.PatchAsync(one, new { is_primary = false }))["is_primary"]);
        Assert.Equal("True", (await agent.GetAsync($"/api/contacts/{efua["id"]}/"))["is_primary"]);
        Assert.Equal("True", (await agent.PatchAsync(one, new { is_primary = true }))["is_primary"]);
        Assert.Equal(["Kwame Mensah", "Efua"], await agent.ColumnAsync($"/api/contacts/?lead={lead}"));
        Assert.Equal(["Efua"], await agent.ColumnAsync($"/api/contacts/?lead={lead}&is_primary=false"));
        Assert.Equal(["Efua", "Kwame Mensah"], await agent.ColumnAsync($"/api/contacts/?lead={lead}&ordering=name"));
        Assert.Equal(["Kwame Mensah"], await agent.ColumnAsync($"/api/contacts/?lead={lead}&search=mensah%20kwame"));
        Assert.Equal(2, (await agent.GetAsync($"/api/leads/{lead}/")).Json.GetProperty("contacts").GetArrayLength());

        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"lead":["This field is required."],"name":["This field is required."],"email":["This field is required."]}"""),
            (new { lead = "9", name = "x", email = "x" }, """{"lead":["Invalid pk \"9\" - object does not exist."],"email":["Enter a valid email address."]}"""),
            (new { lead = Nobody, name = "x", email = "x@mail.example" }, $$"""{"lead":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
            (new { lead, name = new string('x', 201), email = "x@mail.example", position = new string('x', 101), is_primary = "perhaps" },
                """{"name":["Ensure this field has no more than 200 characters."],"position":["Ensure this field has no more than 100 characters."],"is_primary":["Must be a valid boolean."]}"""),
        })
            (await agent.PostAsync("/api/contacts/", body)).Is(HttpStatusCode.BadRequest, words);
        (await agent.PatchAsync(one, new { lead = Nobody })).Is(HttpStatusCode.BadRequest, """{"lead":["This stays with its lead."]}""");

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.DeleteAsync(one)).Status);
        (await manager.DeleteAsync(one)).Is(HttpStatusCode.NoContent, "");
        (await manager.DeleteAsync(one)).Is(HttpStatusCode.NotFound, NotFound);
        Assert.Equal("True", (await agent.GetAsync($"/api/contacts/{efua["id"]}/"))["is_primary"]);
    }

    [Theory, BothDatabases, Trait("contract", "M-222"), Trait("contract", "M-136"), Trait("contract", "M-137")]
    public async Task Notes_are_signed_by_whoever_writes_and_anybody_may_change_them(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var agent = await site.AgentAsync();
        using var other = await site.CallerAsync(TestPeople.OtherAgent);
        var lead = await agent.LeadAsync("Accra Grill House");

        var note = await agent.PostAsync("/api/notes/", new { lead, content = "Wants *fresh* yam", author_id = TestPeople.Owner.UserId });
        note.Is(HttpStatusCode.Created, $$"""{"id":"{{note["id"]}}","lead":"{{lead}}","author":{{Ama}},"content":"Wants *fresh* yam","created_at":"{{Now}}","updated_at":"{{Now}}"}""");
        var second = await other.AddAsync("/api/notes/", new { lead, content = "Called back" });
        var one = $"/api/notes/{note["id"]}/";

        Assert.Equal(["Called back", "Wants *fresh* yam"], await agent.ColumnAsync($"/api/notes/?lead={lead}", "content"));
        Assert.Equal(["Wants *fresh* yam"], await agent.ColumnAsync($"/api/notes/?lead={lead}&author={TestPeople.Agent.UserId}", "content"));
        Assert.Equal(["Called back"], await agent.ColumnAsync($"/api/notes/?lead={lead}&search=CALLED", "content"));
        Assert.Equal(["Wants *fresh* yam", "Called back"], await agent.ColumnAsync($"/api/notes/?lead={lead}&ordering=created_at", "content"));
        Assert.Equal(["Called back", "Wants *fresh* yam"], (await agent.GetAsync($"/api/leads/{lead}/")).Json.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("content").GetString()));

        var changed = await other.PutAsync(one, new { lead, content = "Wants plantain" });
        Assert.Equal(("Wants plantain", "ama"), (changed["content"], changed["author", "username"]));
        Assert.Equal("Wants both", (await other.PatchAsync(one, new { content = "Wants both" }))["content"]);
        (await agent.PatchAsync(one, new { content = "" })).Is(HttpStatusCode.BadRequest, """{"content":["This field may not be blank."]}""");
        (await agent.PatchAsync(one, new { content = new string('x', 10_001) })).Is(HttpStatusCode.BadRequest, """{"content":["Ensure this field has no more than 10000 characters."]}""");
        (await agent.PostAsync("/api/notes/", new { })).Is(HttpStatusCode.BadRequest, """{"lead":["This field is required."],"content":["This field is required."]}""");
        (await agent.GetAsync("/api/notes/?author=9")).Is(HttpStatusCode.BadRequest, """{"author":["Select a valid choice. That choice is not one of the available choices."]}""");

        (await agent.DeleteAsync($"/api/notes/{second}/")).Is(HttpStatusCode.NoContent, "");
        (await agent.GetAsync($"/api/notes/{second}/")).Is(HttpStatusCode.NotFound, NotFound);
        (await agent.DeleteAsync($"/api/notes/{Nobody}/")).Is(HttpStatusCode.NotFound, NotFound);
    }

    [Theory, BothDatabases, Trait("contract", "M-223"), Trait("contract", "M-140"), Trait("contract", "M-142"), Trait("contract", "M-143"), Trait("contract", "M-144")]
    public async Task Reminders_wait_are_sent_or_cancelled_and_those_in_the_past_are_overdue(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var other = await site.CallerAsync(TestPeople.OtherAgent);
        var lead = await agent.LeadAsync("Accra Grill House");

        var soon = await agent.PostAsync("/api/reminders/", new { lead, title = "Call Kwame", description = "About yam", reminder_date = "2026-11-21T09:30:00+03:00" });
        soon.Is(HttpStatusCode.Created, $$"""{"id":"{{soon["id"]}}","lead":"{{lead}}","user":{{Ama}},"title":"Call Kwame","description":"About yam","reminder_date":"2026-11-21T06:30:00Z","status":"pending","is_overdue":false,"created_at":"{{Now}}","updated_at":"{{Now}}"}""");
        var late = await other.AddAsync("/api/reminders/", new { lead, title = "Late", reminder_date = "2026-11-19T08:00:00" });
        var late2 = await agent.AddAsync("/api/reminders/", new { lead, title = "Later", reminder_date = "2026-11-19T09:00:00.5Z", user_id = TestPeople.Manager.UserId });
        var sent = await agent.AddAsync("/api/reminders/", new { lead, title = "Sent", reminder_date = "2026-11-18T09:00:00Z", status = "sent" });
        Assert.Equal(("True", "2026-11-19T09:00:00.500000Z", "malik"), ((await agent.GetAsync($"/api/reminders/{late2}/")) is var r ? (r["is_overdue"], r["reminder_date"], r["user", "username"]) : default));

        Assert.Equal(["Sent", "Late", "Later", "Call Kwame"], await agent.ColumnAsync("/api/reminders/", "title"));
        Assert.Equal(["Call Kwame", "Later", "Late", "Sent"], await agent.ColumnAsync("/api/reminders/?ordering=-reminder_date", "title"));
        Assert.Equal(["Sent"], await agent.ColumnAsync("/api/reminders/?status=sent", "title"));
        Assert.Equal(["Late"], await agent.ColumnAsync($"/api/reminders/?user={TestPeople.OtherAgent.UserId}&lead={lead}", "title"));
        Assert.Equal(["Call Kwame"], await agent.ColumnAsync("/api/reminders/?search=yam", "title"));
        Assert.Equal(["Call Kwame"], await agent.ColumnAsync("/api/reminders/my_reminders/", "title"));
        Assert.Equal(["Late", "Later"], await agent.ColumnAsync("/api/reminders/overdue/", "title"));
        site.Clock.Advance(TimeSpan.FromDays(1));
        agent.Access = (await site.TokensAsync(TestPeople.Agent.UserId)).Access;
        Assert.Equal(["Late", "Later", "Call Kwame"], await agent.ColumnAsync("/api/reminders/overdue/", "title"));
        Assert.Equal(3, (await agent.GetAsync("/api/reminders/overdue/")).Json.GetProperty("count").GetInt32());

        var one = $"/api/reminders/{soon["id"]}/";
        Assert.Equal(("cancelled", "False"), ((await agent.PatchAsync(one, new { status = "cancelled" })) is var c ? (c["status"], c["is_overdue"]) : default));
        Assert.Equal(("pending", "True"), ((await agent.PatchAsync(one, new { status = "pending" })) is var p ? (p["status"], p["is_overdue"]) : default));
        Assert.Equal(("sent", "False"), ((await agent.PatchAsync(one, new { status = "sent" })) is var s ? (s["status"], s["is_overdue"]) : default));
        Assert.Equal(("pending", "2027-01-01T00:00:00Z"), ((await agent.PatchAsync(one, new { reminder_date = "2027-01-01T00:00:00Z" })) is var m ? (m["status"], m["reminder_date"]) : default));
        Assert.Equal(("Call", "About yam", "tunde"), ((await agent.PutAsync(one, new { lead, title = "Call", reminder_date = "2027-01-02", user_id = TestPeople.OtherAgent.UserId })) is var w ? (w["title"], w["description"], w["user", "username"]) : default));

        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"lead":["This field is required."],"title":["This field is required."],"reminder_date":["This field is required."]}"""),
            (new { lead, title = new string('x', 201), reminder_date = "tomorrow", status = "done" },
                """{"title":["Ensure this field has no more than 200 characters."],"reminder_date":["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."],"status":["\"done\" is not a valid choice."]}"""),
            (new { lead, title = "x", reminder_date = "0026-11-21T09:30:00Z" }, """{"reminder_date":["Choose a day within 10 years from today."]}"""),
            (new { lead, title = "x", reminder_date = "9999-12-31T23:59:59Z" }, """{"reminder_date":["Choose a day within 10 years from today."]}"""),
            (new { lead, title = "x", reminder_date = "2026-12-01T10:00:00Z", user_id = Nobody }, $$"""{"user_id":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
            (new { lead, title = "x", reminder_date = "2026-12-01T10:00:00Z", user_id = TestPeople.CustomerA.UserId }, """{"user_id":["Choose somebody who works here."]}"""),
        })
            (await agent.PostAsync("/api/reminders/", body)).Is(HttpStatusCode.BadRequest, words);
        (await agent.GetAsync("/api/reminders/?status=x")).Is(HttpStatusCode.BadRequest, """{"status":["Select a valid choice. x is not one of the available choices."]}""");
        (await agent.DeleteAsync($"/api/reminders/{late}/")).Is(HttpStatusCode.NoContent, "");
        (await agent.GetAsync($"/api/reminders/{late}/")).Is(HttpStatusCode.NotFound, NotFound);
    }

    [Theory, BothDatabases, Trait("contract", "M-224"), Trait("contract", "M-135"), Trait("contract", "M-146"), Trait("contract", "M-147"), Trait("contract", "M-148")]
    public async Task Correspondence_is_logged_with_a_contact_and_read_as_its_history(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var agent = await site.AgentAsync();
        using var other = await site.CallerAsync(TestPeople.OtherAgent);
        var lead = await agent.LeadAsync("Accra Grill House");
        var contact = await agent.ContactAsync(lead);

        var mail = await agent.PostAsync("/api/correspondences/", new { contact, type = "email", subject = "Prices", description = "Sent the list", logged_by_id = TestPeople.Owner.UserId });
        mail.Is(HttpStatusCode.Created, $$"""{"id":"{{mail["id"]}}","contact":"{{contact}}","contact_name":"Kwame","type":"email","subject":"Prices","description":"Sent the list","date":"{{Now}}","logged_by":{{Ama}},"created_at":"{{Now}}","updated_at":"{{Now}}"}""");
        var call = await other.AddAsync("/api/correspondences/", new { contact, type = "phone", subject = "Follow-up", description = "Likes them", date = "2026-11-19T10:00:00Z" });
        await agent.AddAsync("/api/correspondences/", new { contact, type = "meeting", subject = "Tasting", description = "Jollof", date = "2026-11-18T10:00:00Z" });

        Assert.Equal(["Prices", "Follow-up", "Tasting"], await agent.ColumnAsync($"/api/correspondences/?contact={contact}", "subject"));
        Assert.Equal(["Tasting", "Follow-up", "Prices"], await agent.ColumnAsync($"/api/correspondences/?contact={contact}&ordering=date", "subject"));
        Assert.Equal(["Follow-up"], await agent.ColumnAsync($"/api/correspondences/?contact={contact}&type=phone", "subject"));
        Assert.Equal(["Follow-up"], await agent.ColumnAsync($"/api/correspondences/?contact={contact}&logged_by={TestPeople.OtherAgent.UserId}", "subject"));
        Assert.Equal(["Prices"], await agent.ColumnAsync($"/api/correspondences/?contact={contact}&search=list%20prices", "subject"));
        var history = await agent.GetAsync($"/api/contacts/{contact}/correspondences/");
        Assert.Equal(System.Text.Json.JsonValueKind.Array, history.Json.ValueKind);
        Assert.Equal(["Prices", "Follow-up", "Tasting"], history.Json.EnumerateArray().Select(c => c.GetProperty("subject").GetString()));

        var one = $"/api/correspondences/{call}/";
        Assert.Equal(("Second call", "tunde", "2026-11-19T10:00:00Z"), ((await agent.PatchAsync(one, new { subject = "Second call" })) is var p ? (p["subject"], p["logged_by", "username"], p["date"]) : default));
        Assert.Equal(("other", "2026-11-20T14:00:00Z"), ((await agent.PutAsync(one, new { contact, type = "other", subject = "Visit", description = "At the shop", date = "2026-11-20T14:00:00Z" })) is var w ? (w["type"], w["date"]) : default));
        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"contact":["This field is required."],"type":["This field is required."],"subject":["This field is required."],"description":["This field is required."]}"""),
            (new { contact = Nobody, type = "fax", subject = new string('x', 201), description = "" },
                $$"""{"type":["\"fax\" is not a valid choice."],"subject":["Ensure this field has no more than 200 characters."],"description":["This field may not be blank."],"contact":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
        })
            (await agent.PostAsync("/api/correspondences/", body)).Is(HttpStatusCode.BadRequest, words);
        var elsewhere = await agent.ContactAsync(await agent.LeadAsync("Another house"));
        (await agent.PatchAsync(one, new { contact = elsewhere })).Is(HttpStatusCode.BadRequest, """{"contact":["Choose one of this lead's contacts."]}""");
        (await agent.GetAsync("/api/correspondences/?contact=9&type=fax")).Is(HttpStatusCode.BadRequest,
            """{"contact":["Select a valid choice. That choice is not one of the available choices."],"type":["Select a valid choice. fax is not one of the available choices."]}""");
        (await agent.DeleteAsync(one)).Is(HttpStatusCode.NoContent, "");
        (await agent.GetAsync(one)).Is(HttpStatusCode.NotFound, NotFound);
        (await agent.GetAsync($"/api/contacts/{Nobody}/correspondences/")).Is(HttpStatusCode.NotFound, NotFound);
    }
}
