using System.Globalization;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PasswordHasher = Crm.Web.Features.Accounts.Passwords.PasswordHasher;

namespace Crm.Web.Tests.Features.Accounts;

/// <summary>An account that a test may do with as it likes.</summary>
/// <param name="Typed">The phone number as people write it here.</param>
sealed record TestAccount(Guid Id, string UserName, string Email, string Typed);

/// <summary>Arranges accounts.</summary>
static class Given
{
    public const string Password = "Yam-and-plantain-7";

    private static readonly PasswordHasher Hasher = new(Argon2.TryLoad(), 2, NullLogger<PasswordHasher>.Instance);
    private static readonly Lazy<Task<string>> Hash = new(() => Hasher.HashAsync(Password, CancellationToken.None));
    private static int made;

    /// <summary>A new account, whose password is <see cref="Password"/> unless another hash is given.</summary>
    public static async Task<TestAccount> AccountAsync(Func<CrmDbContext> open, string role, bool active = true, string? hash = null)
    {
        var number = Interlocked.Increment(ref made);
        var name = string.Create(CultureInfo.InvariantCulture, $"person{number}");
        var user = new User
        {
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = $"{name}@mail.example",
            NormalizedEmail = $"{name}@mail.example".ToUpperInvariant(),
            PhoneNumber = string.Create(CultureInfo.InvariantCulture, $"+1647555{number:0000}"),
            FirstName = "Nkẹ́chi",
            LastName = $"Number{number}",
            IsActive = active,
            JoinedAt = TestClock.Start,
        };
        user.SetPassword(hash ?? await Hash.Value);
        await using var db = open();
        db.Users.Add(user);
        var roleId = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync();
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = roleId });
        await db.SaveChangesAsync();
        return new TestAccount(user.Id, name, user.Email, string.Create(CultureInfo.InvariantCulture, $"(647) 555-{number:0000}"));
    }

    /// <summary>A browser session of an account that stands.</summary>
    public static async Task<Session> SessionAsync(TestShop shop, Guid userId, SessionKind kind = SessionKind.Browser) => (await SessionAsync(shop, new Proved(userId), kind))!;

    /// <summary>The same of somebody who may come too late.</summary>
    public static async Task<Session?> SessionAsync(TestShop shop, Proved who, SessionKind kind = SessionKind.Browser)
    {
        await using var db = shop.Open();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var session = await shop.Get<SessionRegister>().BeginAsync(db, who, kind, new("Firefox on Android", "192.0.2.9"), lasts: null, CancellationToken.None);
        await db.SaveChangesAsync();
        await write.CommitAsync(CancellationToken.None);
        return session;
    }

    /// <summary>Opens the sign-in page and fills it in.</summary>
    public static async Task SignInAsync(this TestBrowser browser, string identifier, string password = Password, string to = "/account/sign-in")
    {
        await browser.GoAsync(to);
        await browser.SubmitAsync("Sign in", (SignInPageTests.Who, identifier), ("Password", password));
    }
}
