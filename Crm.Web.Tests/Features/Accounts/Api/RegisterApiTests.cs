using System.Net;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Api;

public sealed class RegisterApiTests(TestSites sites) : IClassFixture<TestSites>
{
    private static int made;

    [Theory, BothDatabases, Trait("contract", "M-001"), Trait("contract", "M-002"), Trait("contract", "M-013"), Trait("contract", "M-202"), Trait("contract", "M-022"), Trait("contract", "M-204")]
    public async Task Registering_as_a_customer_signs_in_at_once_and_the_mails_token_proves_the_address(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var email = NewEmail();
        var answer = await program.PostAsync("/api/customers/register/", new
        {
            email, password = Given.Password, password_confirm = Given.Password, first_name = "Wangarĩ", last_name = "Ngũgĩ", email_notifications = true, is_staff = true, role = "admin", loyalty_points = 500,
        });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["message", "customer", "tokens"], answer.Names);
        Assert.Equal(("Registration successful! Please check your email to verify your account.", email, "Wangarĩ Ngũgĩ", "False", "False", "0"), (answer["message"],
            answer["customer", "email"], answer["customer", "full_name"], answer["customer", "is_verified"], answer["customer", "is_staff"], answer["customer", "loyalty_points"]));
        program.Access = answer["tokens", "access"];
        Assert.Equal("customer", (await program.GetAsync("/api/auth/me/"))["role"]);

        var token = await TokenAsync<VerifyEmailMail>(site, email, m => m.Link);
        program.Access = null;
        Assert.Equal("""{"error":"Invalid reset token"}""", (await program.PostAsync("/api/v1/auth/password/reset/confirm/", new { token, new_password = "Another-yam-8", new_password_confirm = "Another-yam-8" })).Text);
        var proved = await program.PostAsync("/api/customers/verify-email/", new { token });
        Assert.Equal((HttpStatusCode.OK, """{"message":"Email verified successfully"}"""), (proved.Status, proved.Text));
        var again = await program.GetAsync($"/api/v1/auth/verify-email/{token}/");
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"Invalid verification token"}"""), (again.Status, again.Text));
        program.Access = answer["tokens", "access"];
        Assert.Equal("True", (await program.GetAsync("/api/customers/profile/"))["is_verified"]);
    }

    [Theory, BothDatabases]
    public async Task The_answer_does_not_tell_that_the_shop_has_a_record_under_the_address(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var (known, nobody) = (NewEmail(), NewEmail());
        var (knownPhone, freePhone) = kind is DatabaseKind.Sqlite ? ("+14165558801", "+14165558802") : ("+14165558803", "+14165558804");
        await using (var db = site.Open())
        {
            var counter = new Customer { Number = await db.NextNumberAsync(NumberKind.Customer, CancellationToken.None), JoinedAt = TestClock.Start };
            counter.Rename("Ama", "Mensah");
            counter.SetEmail(known);
            counter.SetPhone(knownPhone);
            db.Customers.Add(counter);
            await db.SaveChangesAsync();
        }

        foreach (var (email, phone) in new[] { (known, knownPhone), (nobody, freePhone) })
        {
            program.Access = null;
            var answer = await program.PostAsync("/api/customers/register/", new { email, password = Given.Password, password_confirm = Given.Password, first_name = "Ama", last_name = "Owusu", phone_number = phone });
            Assert.Equal((email, phone, phone, "Ama Owusu"), (answer["customer", "email"], answer["customer", "phone_number"], answer["customer", "phone"], answer["customer", "full_name"]));
            program.Access = answer["tokens", "access"];
            Assert.Equal(email, (await program.GetAsync("/api/customers/profile/"))["email"]);
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-003"), Trait("contract", "M-005")]
    public async Task What_cannot_be_taken_is_said_in_the_words_of_the_contract(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var known = await Given.AccountAsync(site.Open, Roles.Customer);
        using var program = site.Program();
        object With(string email, string password, string confirm) => new { email, password, password_confirm = confirm, first_name = "A", last_name = "B" };
        object Named(string username) => new { username, email = NewEmail(), password = Given.Password, password2 = Given.Password };
        foreach (var (path, body, words) in new (string, object, string)[]
        {
            ("/api/customers/register/", With(NewEmail(), "Yam-and-plantain-7", "Yam-and-plantain-8"), """{"password":["Password fields didn't match."]}"""),
            ("/api/customers/register/", With(NewEmail(), "yamyams", "yamyams"),
                """{"password":["This password is too short. It must contain at least 8 characters.","The password must contain at least 1 digit.","The password must contain at least 1 special character."]}"""),
            ("/api/customers/register/", With(known.Email, Given.Password, Given.Password), """{"email":["Customer with this email already exists."]}"""),
            ("/api/customers/register/", With("nowhere", Given.Password, Given.Password), """{"email":["Enter a valid email address."]}"""),
            ("/api/v1/auth/register/", With(known.Email, Given.Password, Given.Password), """{"email":["user with this email address already exists."]}"""),
            ("/api/auth/register/", new { username = known.UserName, email = NewEmail(), password = Given.Password, password2 = Given.Password }, """{"username":["A user with that username already exists."]}"""),
            ("/api/auth/register/", Named(new string('x', 151)), """{"username":["Ensure this field has no more than 150 characters."]}"""),
            ("/api/auth/register/", Named("somebody@else.example"), """{"username":["An e-mail address as username has to be your own."]}"""),
            ("/api/auth/register/", Named("+14165550177"), """{"username":["A phone number cannot be a username."]}"""),
            ("/api/auth/register/", Named("416-555-0177"), """{"username":["A phone number cannot be a username."]}"""),
            ("/api/auth/register/", new { username = "nowhere", email = "nowhere", password = Given.Password, password2 = Given.Password }, """{"email":["Enter a valid email address."]}"""),
            ("/api/auth/register/", new { username = "x" }, """{"password":["This field is required."],"password_confirm":["This field is required."]}"""),
        })
        {
            var answer = await program.PostAsync(path, body);
            Assert.Equal((HttpStatusCode.BadRequest, words), (answer.Status, answer.Text));
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-055")]
    public async Task Everything_that_is_wrong_is_said_at_once_in_every_dialect(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var known = await Given.AccountAsync(site.Open, Roles.Customer);
        var taken = kind is DatabaseKind.Sqlite ? "+14165558821" : "+14165558822";
        await site.CounterRecordAsync(taken);
        using var program = site.Program();
        foreach (var (path, body, words) in new (string, object, string)[]
        {
            ("/api/customers/register/", new { email = "nowhere", password = "P@ssw0rd", password_confirm = "other", last_name = "B", phone_number = "12" },
                """{"email":["Enter a valid email address."],"first_name":["This field is required."],"phone_number":["This is not a whole phone number. Write it like (416) 555-0134, or +254 722 123 456 for one abroad."],"password":["This password is too common.","Password fields didn't match."]}"""),
            ("/api/v1/auth/register/", new { email = "joiner-77@mail.example", password = "joiner-77@mail.example", password_confirm = "other", phone_number = taken },
                """{"password":["This password is too similar to your name or e-mail address.","Password fields didn't match."],"phone_number":["We cannot take this number here. Leave it out, or ask us at the counter."]}"""),
            ("/api/auth/register/", new { username = known.UserName, password = "yam", password2 = "yam", phone = taken },
                """{"password":["This password is too short. It must contain at least 8 characters.","The password must contain at least 1 digit.","The password must contain at least 1 special character."],"username":["A user with that username already exists."],"phone_number":["We cannot take this number here. Leave it out, or ask us at the counter."]}"""),
        })
        {
            var answer = await program.PostAsync(path, body);
            Assert.Equal((HttpStatusCode.BadRequest, words), (answer.Status, answer.Text));
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-233")]
    public async Task The_other_dialects_give_no_tokens_and_no_role_of_ones_own_choice(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var (name, mail) = ($"chosen{Interlocked.Increment(ref made)}", NewEmail());
        var staff = await program.PostAsync("/api/auth/register/", new { username = name, email = mail, password = Given.Password, password2 = Given.Password, first_name = "Ama", role = "manager" });
        Assert.Equal((HttpStatusCode.Created, $$"""{"username":"{{name}}","email":"{{mail}}","first_name":"Ama","last_name":"","role":"customer","phone":""}"""), (staff.Status, staff.Text));
        Assert.NotEmpty((await program.SignInAsync(name)).Access);

        var email = NewEmail();
        var store = await program.PostAsync("/api/v1/auth/register/", new { email, password = Given.Password, password_confirm = Given.Password });
        Assert.Equal(HttpStatusCode.Created, store.Status);
        Assert.Equal(["message", "user"], store.Names);
        Assert.Equal(["id", "email", "first_name", "last_name"], store.Json.GetProperty("user").EnumerateObject().Select(p => p.Name));
        Assert.Equal("User registered successfully. Please check your email to verify your account.", store["message"]);
    }

    [Theory, BothDatabases, Trait("contract", "M-233")]
    public async Task Whoever_signs_in_by_user_name_needs_no_address(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var program = site.Program();
        var free = kind is DatabaseKind.Sqlite ? "+14165558811" : "+14165558812";
        var counter = kind is DatabaseKind.Sqlite ? "+14165558813" : "+14165558814";
        await site.CounterRecordAsync(counter);
        var names = Enumerable.Range(0, 4).Select(_ => $"plain{Interlocked.Increment(ref made)}").ToArray();
        Task<ApiAnswer> JoinAsync(string username, string? email, string? phone) =>
            program.PostAsync("/api/auth/register/", new { username, email, phone, password = Given.Password, password2 = Given.Password });

        var bare = await JoinAsync(names[0], null, null);
        Assert.Equal((HttpStatusCode.Created, $$"""{"username":"{{names[0]}}","email":"","first_name":"","last_name":"","role":"customer","phone":""}"""), (bare.Status, bare.Text));
        Assert.Equal(HttpStatusCode.Created, (await JoinAsync(names[1], "", free)).Status);
        // Two without an address are two people, and neither takes over a number.
        Assert.Equal("""{"username":["A user with that username already exists."]}""", (await JoinAsync(names[0], null, null)).Text);
        foreach (var taken in new[] { free, counter }) Assert.Contains("\"phone", (await JoinAsync(names[2], "", taken)).Text, StringComparison.Ordinal);
        program.Access = (await program.SignInAsync(names[1])).Access;
        Assert.Equal(("", free), ((await program.GetAsync("/api/auth/me/"))["email"], (await program.GetAsync("/api/auth/me/"))["phone"]));

        await using var db = site.Open();
        var accounts = await db.Users.AsNoTracking().Where(u => names.Contains(u.UserName!)).OrderBy(u => u.Id).ToListAsync();
        Assert.Equal([(names[0], (string?)null, false), (names[1], null, false)], accounts.Select(u => (u.UserName!, u.NormalizedEmail, u.EmailConfirmed)));
        var ids = accounts.ConvertAll(u => u.Id);
        Assert.Equal([(names[0], (string?)null, (string?)null), ("", null, free)],
            (await db.Customers.AsNoTracking().Where(c => ids.Contains(c.UserId!.Value)).OrderBy(c => c.Id).ToListAsync()).Select(c => (c.FirstName, c.Email, c.Phone)));
        Assert.DoesNotContain(await db.OneTimeTokens.ToListAsync(), t => ids.Contains(t.UserId));
    }

    [Theory, BothDatabases, Trait("contract", "M-017"), Trait("contract", "M-211")]
    public async Task A_changed_password_ends_every_token_and_the_answer_has_new_ones(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        foreach (var path in new[] { "/api/customers/change-password/", "/api/v1/auth/password/change/" })
        {
            var (program, account, old) = await site.SignedInAsync(Roles.Customer);
            using var _1 = program;
            using var elsewhere = site.Program();
            elsewhere.Access = (await elsewhere.SignInAsync(account.UserName)).Access;
            const string Next = "Jollof-and-dodo-9";
            foreach (var (body, words) in new (object, string)[]
            {
                (new { old_password = "not this one 1", new_password = Next, new_password_confirm = Next }, """{"old_password":["Old password is incorrect."]}"""),
                (new { old_password = Given.Password, new_password = Next, new_password_confirm = Next + "x" }, """{"new_password":["Password fields didn't match."]}"""),
                (new { old_password = Given.Password, new_password = "short", new_password_confirm = "short" },
                    """{"new_password":["This password is too short. It must contain at least 8 characters.","The password must contain at least 1 digit.","The password must contain at least 1 special character."]}"""),
            })
            {
                var refused = await program.PostAsync(path, body);
                Assert.Equal((HttpStatusCode.BadRequest, words), (refused.Status, refused.Text));
            }

            var answer = await program.PostAsync(path, new { old_password = Given.Password, new_password = Next, new_password_confirm = Next });

            Assert.Equal((HttpStatusCode.OK, "Password changed successfully"), (answer.Status, answer["message"]));
            Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.GetAsync("/api/auth/me/")).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/auth/me/")).Status);
            program.Access = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("/api/token/refresh/", new { refresh = old.Refresh })).Status);
            program.Access = answer["tokens", "access"];
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/auth/me/")).Status);
            Assert.NotEmpty((await elsewhere.SignInAsync(account.UserName, Next)).Access);
        }
    }

    [Theory, BothDatabases, Trait("contract", "M-018")]
    public async Task Asking_for_a_new_password_is_answered_alike_for_known_and_unknown(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var known = await Given.AccountAsync(site.Open, Roles.Customer);
        using var program = site.Program();
        foreach (var email in new[] { known.Email, "nobody@mail.example" })
        {
            var answer = await program.PostAsync("/api/v1/auth/password/reset/", new { email });
            Assert.Equal((HttpStatusCode.OK, """{"message":"If the email exists, a password reset link has been sent."}"""), (answer.Status, answer.Text));
        }
        Assert.Equal("""{"email":["Enter a valid email address."]}""", (await program.PostAsync("/api/v1/auth/password/reset/", new { email = "x" })).Text);
        Assert.Equal("""{"error":"Invalid reset token"}""",
            (await program.PostAsync("/api/v1/auth/password/reset/confirm/", new { token = Guid.Empty, new_password = "Another-yam-8", new_password_confirm = "Another-yam-8" })).Text);
    }

    private static string NewEmail() => $"joiner{Interlocked.Increment(ref made)}@mail.example";

    private static async Task<string> TokenAsync<TMail>(TestSite site, string email, Func<TMail, string> link) where TMail : Mail
    {
        await using var db = site.Open();
        var mail = await TestMail.LastToAsync<TMail>(db, email);
        return link(mail!).Split('=')[^1];
    }
}
