using System.Net;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Api;

public sealed class ProfileTests(TestSites sites) : IClassFixture<TestSites>
{
    private const string Profile = "/api/customers/profile/";

    private static readonly string[] Promised =
    [
        "id", "email", "first_name", "last_name", "full_name", "phone_number", "street_address", "city", "province_state", "postal_code", "country", "dietary_preferences",
        "favorite_products", "email_notifications", "sms_notifications", "push_notifications", "is_active", "is_verified", "is_staff", "total_purchases", "loyalty_points",
        "date_joined", "last_login", "updated_at",
    ];

    [Theory, BothDatabases, Trait("contract", "M-207"), Trait("contract", "M-208"), Trait("contract", "M-209")]
    public async Task A_customer_reads_and_changes_what_is_theirs_to_change(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Customer);
        using var _1 = program;
        await site.RecordAsync(account);

        var first = await program.GetAsync(Profile);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Empty(Promised.Except(first.Names));
        Assert.Equal("2025-11-20T15:00:00Z", first["date_joined"]);

        var changed = await program.SendAsync(HttpMethod.Patch, Profile, new
        {
            city = "Toronto", phone = "(416) 555-0199", dietary_preferences = "vegan, no okra", favorite_products = "plantain, fufu", email_notifications = true, preferred_language = "fr",
            role = "admin", is_staff = true, is_verified = true, loyalty_points = 99999, total_purchases = 5, id = Guid.Empty, email = "other@mail.example",
        });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(("Toronto", "+14165550199", "Vegan, no okra", "plantain, fufu", "True", "fr", "Canada"), (changed["city"], changed["phone_number"], changed["dietary_preferences"],
            changed["favorite_products"], changed["email_notifications"], changed["preferred_language"], changed["country"]));
        foreach (var name in new[] { "id", "email", "is_staff", "is_verified", "loyalty_points", "total_purchases", "first_name" }) Assert.Equal(first[name], changed[name]);

        var whole = await program.SendAsync(HttpMethod.Put, Profile, new { first_name = "Wangarĩ", last_name = "Ngũgĩ", street_address = "12 Queen St W", province_state = "ON", postal_code = "m5v2t6" });
        Assert.Equal((HttpStatusCode.OK, "Wangarĩ Ngũgĩ", "12 Queen St W", "ON", "Toronto"), (whole.Status, whole["full_name"], whole["street_address"], whole["province_state"], whole["city"]));
        Assert.Equal(whole.Text, (await program.GetAsync(Profile)).Text);
    }

    [Theory, BothDatabases, Trait("contract", "M-208")]
    public async Task What_cannot_be_taken_is_said_field_by_field_and_changes_nothing(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Customer);
        using var _1 = program;
        await site.RecordAsync(account);
        var before = (await program.GetAsync(Profile)).Text;
        foreach (var (method, body, words) in new (HttpMethod, object, string)[]
        {
            (HttpMethod.Put, new { }, """{"first_name":["This field is required."],"last_name":["This field is required."]}"""),
            (HttpMethod.Patch, new { first_name = "" }, """{"first_name":["This field may not be blank."]}"""),
            (HttpMethod.Patch, new { first_name = new string('a', 101) }, """{"first_name":["Ensure this field has no more than 100 characters."]}"""),
            (HttpMethod.Patch, new { preferred_language = "xx" }, """{"preferred_language":["\"xx\" is not a valid choice."]}"""),
            (HttpMethod.Patch, new { country = "Atlantis" }, """{"country":["\"Atlantis\" is not a valid choice."]}"""),
            (HttpMethod.Patch, new { email_notifications = "perhaps" }, """{"email_notifications":["Must be a valid boolean."]}"""),
            (HttpMethod.Patch, new { sms_notifications = true, city = "Paris" }, """{"sms_notifications":["Give us a mobile number first."]}"""),
            (HttpMethod.Patch, new { city = new[] { "Toronto" } }, """{"city":["Not a valid string."]}"""),
            (HttpMethod.Patch, new { city = "Tor\0onto" }, """{"city":["Null characters are not allowed."]}"""),
        })
        {
            var answer = await program.SendAsync(method, Profile, body);
            Assert.Equal((HttpStatusCode.BadRequest, words), (answer.Status, answer.Text));
        }
        Assert.Equal(before, (await program.GetAsync(Profile)).Text);
    }

    [Theory, BothDatabases, Trait("contract", "M-210")]
    public async Task The_dashboard_has_nested_and_flat_figures_and_no_staff_notes(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Customer);
        using var _1 = program;
        await site.RecordAsync(account);

        var answer = await program.GetAsync("/api/customers/dashboard/");

        Assert.Equal(["profile", "statistics", "notifications_enabled", "id", "email", "full_name", "loyalty_points", "total_purchases", "last_purchase_date",
            "email_notifications", "sms_notifications", "push_notifications", "recent_notes"], answer.Names);
        Assert.Equal(("Nkẹ́chi Okafor", "0", "2025-11-20T15:00:00Z", "False", "[]"),
            (answer["profile", "full_name"], answer["statistics", "total_purchases"], answer["statistics", "member_since"], answer["notifications_enabled", "sms"], answer["recent_notes"]));
    }

    [Theory, BothDatabases, Trait("contract", "M-043")]
    public async Task A_profile_is_a_customers_and_staff_are_refused(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var role in Roles.Staff)
        {
            var (program, _, _) = await site.SignedInAsync(role);
            using var _1 = program;
            foreach (var path in new[] { Profile, "/api/customers/dashboard/" })
            {
                var answer = await program.GetAsync(path);
                Assert.Equal((HttpStatusCode.Forbidden, """{"detail":"You do not have permission to perform this action."}"""), (answer.Status, answer.Text));
            }
        }
    }

    [Theory, BothDatabases]
    public async Task A_number_on_somebody_elses_record_is_nobodys_to_take_and_ones_own_is_on_the_record_too(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (customer, account, _) = await site.SignedInAsync(Roles.Customer);
        var (agent, _, _) = await site.SignedInAsync(Roles.Agent);
        using var _1 = customer;
        using var _2 = agent;
        var own = await site.RecordAsync(account);
        var (taken, free) = kind is DatabaseKind.Sqlite ? ("+14165550161", "+14165550162") : ("+14165550163", "+14165550164");
        await site.CounterRecordAsync(taken);

        foreach (var program in new[] { customer, agent })
        {
            var refused = await program.SendAsync(HttpMethod.Patch, "/api/auth/me/", new { phone = taken });
            Assert.Equal((HttpStatusCode.BadRequest, true), (refused.Status, refused.Text.StartsWith("{\"phone\":", StringComparison.Ordinal)));
        }
        var answer = await customer.SendAsync(HttpMethod.Patch, "/api/auth/me/", new { phone = free });
        Assert.Contains($"\"phone\":\"{free}\"", answer.Text, StringComparison.Ordinal);

        await using var db = site.Open();
        Assert.Equal(free, (await db.Customers.SingleAsync(c => c.Id == own)).Phone);
        Assert.False(await db.Users.AnyAsync(u => u.PhoneNumber == taken));
    }

    [Theory, BothDatabases]
    public async Task Account_and_record_are_changed_together_or_neither_is(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Customer);
        using var customer = program;
        var own = await site.RecordAsync(account);
        await using var db = site.Open();
        await db.Database.ExecuteSqlRawAsync(kind is DatabaseKind.Sqlite
            ? """CREATE TRIGGER refuses BEFORE UPDATE OF "FirstName" ON "Users" BEGIN SELECT RAISE(ABORT, 'no'); END"""
            : """
              CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
              CREATE TRIGGER refuses BEFORE UPDATE OF "FirstName" ON "Users" FOR EACH ROW EXECUTE FUNCTION refuse();
              """);

        var answer = await customer.SendAsync(HttpMethod.Patch, "/api/v1/auth/me/", new { first_name = "Chidi" });

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("Nkẹ́chi", await db.Customers.Where(c => c.Id == own).Select(c => c.FirstName).SingleAsync());
    }

    [Theory, BothDatabases, Trait("contract", "M-233")]
    public async Task Own_accounts_are_changed_by_name_and_number_alone(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (program, account, _) = await site.SignedInAsync(Roles.Agent);
        using var _1 = program;
        foreach (var (path, phone) in new[] { ("/api/auth/me/", "phone"), ("/api/v1/auth/me/", "phone_number") })
        {
            var answer = await program.SendAsync(HttpMethod.Patch, path, new Dictionary<string, object>
            {
                ["first_name"] = "Chidi", [phone] = "+254722123456", ["role"] = "admin", ["username"] = "other", ["email"] = "other@mail.example", ["is_verified"] = true,
            });
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(("Chidi", "+254722123456", account.Email), (answer["first_name"], answer[phone], answer["email"]));
        }
        Assert.Equal("agent", (await program.GetAsync("/api/auth/me/"))["role"]);
        Assert.Equal(["id", "email", "first_name", "last_name", "phone_number", "is_verified", "created_at", "profile", "addresses"], (await program.GetAsync("/api/v1/auth/me/")).Names);
        await using var db = site.Open();
        Assert.Equal(account.UserName, (await db.Users.SingleAsync(u => u.Id == account.Id)).UserName);
    }
}
