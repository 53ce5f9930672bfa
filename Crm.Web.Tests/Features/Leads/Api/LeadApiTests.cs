using System.Net;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Api;

[Trait("contract", "M-220"), Trait("contract", "M-126")]
public sealed class LeadApiTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Ama = """{"id":"01900000-0000-7000-8000-000000000003","username":"ama","email":"ama@example.com","first_name":"Ama","last_name":"Boakye","role":"agent","phone":""}""";
    private static readonly string Nobody = Guid.CreateVersion7().ToString();

    [Theory, BothDatabases, Trait("contract", "M-127"), Trait("contract", "M-128"), Trait("contract", "M-129")]
    public async Task A_lead_is_added_read_changed_and_deleted_in_the_shapes_that_clients_know(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var agent = await site.AgentAsync();
        using var manager = await site.CallerAsync(TestPeople.Manager);

        var added = await agent.PostAsync("/api/leads/", new
        {
            name = " Nairobi Java House ", company = "Java", email = "info@java.example", phone = "+254-722-123-456", priority = "high", source = "Referral", estimated_value = "1450.5", description = "Wants yam",
            id = Nobody, created_at = "2001-01-01T00:00:00Z", unknown = 1,
        });
        var id = added["id"];
        added.Is(HttpStatusCode.Created,
            $$"""{"id":"{{id}}","name":"Nairobi Java House","company":"Java","email":"info@java.example","phone":"+254722123456","status":"new","priority":"high","source":"Referral","owner":{{Ama}},"estimated_value":"1450.50","description":"Wants yam","contacts":[],"notes":[],"reminders":[],"created_at":"2026-11-20T15:00:00Z","updated_at":"2026-11-20T15:00:00Z"}""");
        Assert.NotEqual(Nobody, id);

        var one = $"/api/leads/{id}/";
        Assert.Equal(added.Text, (await agent.GetAsync(one)).Text);
        Assert.Equal(added.Text, (await agent.GetAsync(one.TrimEnd('/'))).Text);
        var row = (await agent.GetAsync("/api/leads/?search=java")).Json.GetProperty("results")[0];
        Assert.Equal(
            $$"""{"id":"{{id}}","name":"Nairobi Java House","company":"Java","email":"info@java.example","phone":"+254722123456","status":"new","priority":"high","owner":{{Ama}},"estimated_value":"1450.50","contacts_count":0,"notes_count":0,"created_at":"2026-11-20T15:00:00Z","updated_at":"2026-11-20T15:00:00Z"}""", row.GetRawText());

        var patched = await agent.PatchAsync(one, new { status = "contacted", estimated_value = (string?)null });
        Assert.Equal(("contacted", "", "Wants yam", "+254722123456"), (patched["status"], patched["estimated_value"], patched["description"], patched["phone"]));
        var put = await agent.PutAsync(one, new { name = "Java", email = "new@java.example", priority = "low", owner_id = TestPeople.Manager.UserId });
        Assert.Equal((HttpStatusCode.OK, "Java", "new@java.example", "low", "malik", "Wants yam"), (put.Status, put["name"], put["email"], put["priority"], put["owner", "username"], put["description"]));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await agent.PatchAsync(one, new { owner_id = (string?)null })).Json.GetProperty("owner").ValueKind);

        (await agent.DeleteAsync(one)).Is(HttpStatusCode.Forbidden, """{"detail":"You do not have permission to perform this action."}""");
        (await manager.DeleteAsync(one)).Is(HttpStatusCode.NoContent, "");
        (await agent.GetAsync(one)).Is(HttpStatusCode.NotFound, """{"detail":"Not found."}""");
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_taken_is_said_field_by_field_and_nothing_is_saved(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        foreach (var (body, words) in new (object, string)[]
        {
            (new { }, """{"name":["This field is required."],"email":["This field is required."]}"""),
            (new { name = "", email = (string?)null }, """{"name":["This field may not be blank."],"email":["This field may not be null."]}"""),
            (new { name = "x", email = "x" }, """{"email":["Enter a valid email address."]}"""),
            (new { name = new string('x', 201), email = "x@mail.example", company = new string('x', 201), source = new string('x', 101), phone = new string('1', 21) },
                """{"name":["Ensure this field has no more than 200 characters."],"company":["Ensure this field has no more than 200 characters."],"phone":["Ensure this field has no more than 20 characters."],"source":["Ensure this field has no more than 100 characters."]}"""),
            (new { name = "x", email = "x@mail.example", status = "won", priority = "urgent" }, """{"status":["\"won\" is not a valid choice."],"priority":["\"urgent\" is not a valid choice."]}"""),
            (new { name = "x", email = "x@mail.example", estimated_value = "-1" }, """{"estimated_value":["Ensure this value is greater than or equal to 0."]}"""),
            (new { name = "x", email = "x@mail.example", estimated_value = "much" }, """{"estimated_value":["A valid number is required."]}"""),
            (new { name = "x", email = "x@mail.example", estimated_value = 1.234 }, """{"estimated_value":["Ensure that there are no more than 2 decimal places."]}"""),
            (new { name = "x", email = "x@mail.example", estimated_value = 123456789 }, """{"estimated_value":["Ensure that there are no more than 8 digits before the decimal point."]}"""),
            (new { name = "x", email = "x@mail.example", owner_id = "9" }, """{"owner_id":["Invalid pk \"9\" - object does not exist."]}"""),
            (new { name = "x", email = "x@mail.example", owner_id = Nobody }, $$"""{"owner_id":["Invalid pk \"{{Nobody}}\" - object does not exist."]}"""),
            (new { name = "x", email = "x@mail.example", owner_id = TestPeople.CustomerA.UserId }, """{"owner_id":["Choose somebody who works here."]}"""),
        })
        {
            (await agent.PostAsync("/api/leads/", body)).Is(HttpStatusCode.BadRequest, words);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.PostAsync("/api/leads/", new { name = "x", email = "x@mail.example", phone = "call me" })).Status);
        await using (var db = site.Open()) Assert.False(await db.Leads.AnyAsync());

        var lead = await agent.LeadAsync("Yam House");
        (await agent.PutAsync($"/api/leads/{lead}/", new { name = "x" })).Is(HttpStatusCode.BadRequest, """{"email":["This field is required."]}""");
        (await agent.PatchAsync($"/api/leads/{lead}/", new { name = " " })).Is(HttpStatusCode.BadRequest, """{"name":["This field may not be blank."]}""");
        foreach (var id in new[] { "9", "abc", Nobody })
        {
            foreach (var answer in new[] { await agent.GetAsync($"/api/leads/{id}/"), await agent.PatchAsync($"/api/leads/{id}/", new { name = "x" }) })
                answer.Is(HttpStatusCode.NotFound, """{"detail":"Not found."}""");
        }
    }

    [Theory, BothDatabases]
    public async Task A_status_brings_with_it_what_it_needs_or_is_refused_and_then_nothing_is_saved(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();

        var lost = await agent.LeadAsync("Lost House");
        Assert.Equal("lost", (await agent.PatchAsync($"/api/leads/{lost}/", new { status = "lost" }))["status"]);
        var born = await agent.LeadAsync("Born Qualified", status: "qualified");
        var known = await agent.AddAsync("/api/leads/", new { name = "Achieng's Kitchen", email = $"{TestPeople.CustomerA.UserName}@example.com" });
        Assert.Equal("converted", (await agent.PatchAsync($"/api/leads/{known}/", new { status = "converted" }))["status"]);
        var made = await agent.AddAsync("/api/leads/", new { name = "Kwame Mensah", email = "kwame@grill.example", status = "converted" });
        var poor = await agent.AddAsync("/api/leads/", new { name = "Kofi", email = "kofi@grill.example" });
        await using (var db = site.Open())
        {
            var leads = await db.Leads.ToDictionaryAsync(l => l.Id.ToString());
            Assert.Equal((LeadStatus.Lost, LostReason.Other), (leads[lost].Status, leads[lost].LostReason));
            Assert.Equal(LeadStatus.Qualified, leads[born].Status);
            Assert.Equal(TestPeople.CustomerA.CustomerId, leads[known].ConvertedCustomerId);
            var customer = await db.Customers.SingleAsync(c => c.Id == leads[made].ConvertedCustomerId);
            Assert.Equal(("Kwame", "Mensah", "kwame@grill.example"), (customer.FirstName, customer.LastName, customer.Email));
        }
        await using (var db = site.Open())
        {
            var nameless = await db.Leads.SingleAsync(l => l.Id == Guid.Parse(poor));
            nameless.Describe(new string('N', 150), null, null, null, "kofi@grill.example", null, null, null);
            await db.SaveChangesAsync();
        }
        var refused = await agent.PatchAsync($"/api/leads/{poor}/", new { status = "converted", company = "Grill" });
        Assert.Equal((HttpStatusCode.BadRequest, "status"), (refused.Status, Assert.Single(refused.Names)));
        Assert.StartsWith("This lead cannot become a customer yet: ", refused.Json.GetProperty("status")[0].GetString(), StringComparison.Ordinal);
        var same = await agent.GetAsync($"/api/leads/{poor}/");
        Assert.Equal(("new", ""), (same["status"], same["company"]));
    }

    [Theory, BothDatabases, Trait("contract", "M-130"), Trait("contract", "M-163"), Trait("contract", "M-164"), Trait("contract", "M-052")]
    public async Task Lists_filter_search_and_order_as_clients_ask(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var other = await site.CallerAsync(TestPeople.OtherAgent);
        await agent.AddAsync("/api/leads/", new { name = "Nkẹ́chi Catering", company = "Lagos Foods", email = "a@mail.example", description = "weekly yam", estimated_value = 300, priority = "high" });
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.AddAsync("/api/leads/", new { name = "Accra Grill", company = "Lagos Foods", email = "b@mail.example", phone = "+233244123456", estimated_value = 100, status = "contacted" });
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await agent.AddAsync("/api/leads/", new { name = "Mombasa Yams", email = "yam%_@mail.example", estimated_value = 200, status = "lost" });

        foreach (var (query, names) in new (string, string[])[]
        {
            ("", ["Mombasa Yams", "Accra Grill", "Nkẹ́chi Catering"]),
            ("?status=contacted", ["Accra Grill"]),
            ("?status=", ["Mombasa Yams", "Accra Grill", "Nkẹ́chi Catering"]),
            ("?priority=high&status=new", ["Nkẹ́chi Catering"]),
            ($"?owner={TestPeople.OtherAgent.UserId}", ["Accra Grill"]),
            ($"?owner={TestPeople.Manager.UserId}", []),
            ("?search=yam", ["Mombasa Yams", "Nkẹ́chi Catering"]),
            ("?search=YAM", ["Mombasa Yams", "Nkẹ́chi Catering"]),
            ("?search=ombas", ["Mombasa Yams"]),
            ("?search=lagos%20yam", ["Nkẹ́chi Catering"]),
            ("?search=lagos,grill", ["Accra Grill"]),
            ("?search=nkechi", ["Nkẹ́chi Catering"]),
            ("?search=244123", ["Accra Grill"]),
            ("?search=%25_%40", ["Mombasa Yams"]),
            ("?search=nothing", []),
            ("?search=x%27%20OR%20%271%27=%271", []),
            ("?search=%27);DROP%20TABLE%20%22Leads%22;--", []),
            ("?ordering=estimated_value", ["Accra Grill", "Mombasa Yams", "Nkẹ́chi Catering"]),
            ("?ordering=-estimated_value", ["Nkẹ́chi Catering", "Mombasa Yams", "Accra Grill"]),
            ("?ordering=status", ["Accra Grill", "Mombasa Yams", "Nkẹ́chi Catering"]),
            ("?ordering=-status,created_at", ["Nkẹ́chi Catering", "Mombasa Yams", "Accra Grill"]),
            ("?ordering=created_at", ["Nkẹ́chi Catering", "Accra Grill", "Mombasa Yams"]),
            ("?ordering=-updated_at", ["Mombasa Yams", "Accra Grill", "Nkẹ́chi Catering"]),
            ("?ordering=secret,password", ["Mombasa Yams", "Accra Grill", "Nkẹ́chi Catering"]),
        })
        {
            Assert.Equal(names, await agent.ColumnAsync($"/api/leads/{query}"));
        }
        (await agent.GetAsync("/api/leads/?status=x&priority=y")).Is(HttpStatusCode.BadRequest,
            """{"status":["Select a valid choice. x is not one of the available choices."],"priority":["Select a valid choice. y is not one of the available choices."]}""");
        foreach (var id in new[] { "9", Nobody })
            (await agent.GetAsync($"/api/leads/?owner={id}")).Is(HttpStatusCode.BadRequest, """{"owner":["Select a valid choice. That choice is not one of the available choices."]}""");

        Assert.Equal(["Mombasa Yams", "Nkẹ́chi Catering"], await agent.ColumnAsync("/api/leads/my_leads/?status=contacted"));
        var mine = (await other.GetAsync("/api/leads/my_leads/")).Json;
        Assert.Equal((1, 0, "tunde"), (mine.GetProperty("count").GetInt32(), mine.GetProperty("results")[0].GetProperty("contacts").GetArrayLength(), mine.GetProperty("results")[0].GetProperty("owner").GetProperty("username").GetString()));
    }

    [Theory, BothDatabases, Trait("contract", "M-165")]
    public async Task Pages_have_numbers_counts_and_neighbours_and_every_row_once_by_number_and_by_cursor(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        (await agent.GetAsync("/api/leads/")).Is(HttpStatusCode.OK, """{"count":0,"next":null,"previous":null,"results":[]}""");
        for (var i = 0; i < 45; i++)
        {
            await agent.LeadAsync($"Lead {i:00}", value: i % 4 + 1);
            if (i % 3 == 0) site.Clock.Advance(TimeSpan.FromSeconds(1)); // some were made in the same moment
        }
        var first = (await agent.GetAsync("/api/leads?search=lead&status=new")).Json;
        Assert.Equal((45, 20), (first.GetProperty("count").GetInt32(), first.GetProperty("results").GetArrayLength()));
        Assert.Equal(("https://localhost/api/leads?page=2&search=lead&status=new", null), (first.GetProperty("next").GetString(), first.GetProperty("previous").GetString()));
        var second = (await agent.GetAsync("/api/leads/?page=2")).Json;
        Assert.Equal(("https://localhost/api/leads/?page=3", "https://localhost/api/leads/"), (second.GetProperty("next").GetString(), second.GetProperty("previous").GetString()));
        var last = (await agent.GetAsync("/api/leads/?page=last")).Json;
        Assert.Equal((5, null, "https://localhost/api/leads/?page=2"), (last.GetProperty("results").GetArrayLength(), last.GetProperty("next").GetString(), last.GetProperty("previous").GetString()));
        foreach (var page in new[] { "0", "-1", "4", "x", "99999999999999999999" }) (await agent.GetAsync($"/api/leads/?page={page}")).Is(HttpStatusCode.NotFound, """{"detail":"Invalid page."}""");
        foreach (var (size, rows) in new[] { ("7", 7), ("1000", 45), ("0", 20), ("x", 20) }) Assert.Equal(rows, (await agent.ColumnAsync($"/api/leads/?page_size={size}")).Length);

        foreach (var ordering in new[] { "-created_at", "created_at", "estimated_value", "-estimated_value", "status", "-status,-estimated_value" })
        {
            var all = await agent.ColumnAsync($"/api/leads/?page_size=100&ordering={ordering}");
            Assert.Equal(45, all.Distinct().Count());
            foreach (var page in new[] { 8, 2, 9, 5, 1, 3, 4, 7, 6 }) Assert.Equal(all.Skip((page - 1) * 5).Take(5), await agent.ColumnAsync($"/api/leads/?page={page}&page_size=5&ordering={ordering}"));
            var (there, at) = (new List<string>(), $"/api/leads/?cursor=&page_size=7&ordering={ordering}");
            string? before = null;
            while (at is not null)
            {
                var answer = (await agent.GetAsync(at)).Json;
                there.AddRange(answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("name").GetString()!));
                (before, at) = (answer.GetProperty("previous").GetString(), answer.GetProperty("next").GetString());
            }
            Assert.Equal(all, there);
            Assert.Equal(all.Skip(35).Take(7), await agent.ColumnAsync(before!));
        }
        foreach (var cursor in new[] { "x", "nabc", "n00000000000000000000000000000000.words" }) (await agent.GetAsync($"/api/leads/?cursor={cursor}")).Is(HttpStatusCode.NotFound, """{"detail":"Invalid cursor"}""");
    }

    [Theory, BothDatabases]
    public async Task Whoever_writes_reads_counts_and_pages_with_it_at_once(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        using var manager = await site.CallerAsync(TestPeople.Manager);
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await agent.LeadAsync($"Lead {i}"));
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            var page = (await agent.GetAsync("/api/leads/?page_size=2")).Json;
            Assert.Equal((i + 1, $"Lead {i}"), (page.GetProperty("count").GetInt32(), page.GetProperty("results")[0].GetProperty("name").GetString()));
        }
        Assert.Equal(["Lead 1", "Lead 0"], await agent.ColumnAsync("/api/leads/?page_size=2&page=3"));
        await agent.PatchAsync($"/api/leads/{ids[1]}/", new { name = "Other" });
        Assert.Equal(["Other", "Lead 0"], await agent.ColumnAsync("/api/leads/?page_size=2&page=3"));
        await agent.ContactAsync(ids[0]);
        await agent.AddAsync("/api/notes/", new { lead = ids[0], content = "Words" });
        var row = (await agent.GetAsync("/api/leads/?page_size=2&page=3")).Json.GetProperty("results")[1];
        Assert.Equal((1, 1), (row.GetProperty("contacts_count").GetInt32(), row.GetProperty("notes_count").GetInt32()));
        await manager.DeleteAsync($"/api/leads/{ids[5]}/");
        Assert.Equal(["Lead 0"], await agent.ColumnAsync("/api/leads/?page_size=2&page=3"));
    }

    [Theory, BothDatabases, Trait("contract", "M-131")]
    public async Task The_file_has_the_columns_that_clients_know_and_no_live_formula(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var agent = await site.AgentAsync();
        var plain = await agent.AddAsync("/api/leads/", new { name = "=1+1", company = "Java, \"the\" House", email = "a@mail.example", phone = "+254722123456", estimated_value = 1450.5, source = "Web", description = "two\nlines", priority = "high" });
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        var nobodys = await agent.LeadAsync("Nobody's", status: "contacted");
        await agent.PatchAsync($"/api/leads/{nobodys}/", new { owner_id = (string?)null });

        var file = await agent.GetAsync("/api/leads/export/csv/");
        Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment; filename=leads_export.csv"), (file.Status, file.Message.Content.Headers.ContentType!.ToString(), file.Message.Content.Headers.ContentDisposition!.ToString().Split("; filename*")[0]));
        Assert.Equal(
            "ID,Name,Company,Email,Phone,Status,Priority,Source,Owner,Estimated Value (CAD),Description,Created Date,Last Updated\r\n"
            + $"{nobodys},Nobody's,,lead@mail.example,,Contacted,Medium,,N/A,0,,2026-11-20 15:00:01,2026-11-20 15:00:01\r\n"
            + $"{plain},'=1+1,\"Java, \"\"the\"\" House\",a@mail.example,'+254722123456,New,High,Web,ama,1450.50,\"two\nlines\",2026-11-20 15:00:00,2026-11-20 15:00:00\r\n", file.Text);
        Assert.Equal(2, (await agent.GetAsync("/api/leads/export/csv/?status=contacted")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.GetAsync("/api/leads/export/csv/?priority=x")).Status);
    }
}
