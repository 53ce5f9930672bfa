using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Registration;

/// <summary>A new account.</summary>
public sealed record Registered(Guid UserId, Guid CustomerId, string? Stamp)
{
    /// <summary>Who opened it, to be signed in.</summary>
    public Proved Who => new(UserId, Stamp);
}

/// <summary>Opens accounts for customers. Anybody may ask, a few times an hour.</summary>
public sealed partial class RegistrationService(
    IDbContextFactory<CrmDbContext> contexts, CustomerAccounts customers, OneTimeTokens tokens, PasswordHasher hasher, Mailer mailer, RateLimits limits,
    CurrentActor actor, Shop shop, ILogger<RegistrationService> logger)
{
    // Keeps these turns apart from other locks by a text.
    private const long AddressTurns = 7_041_188_023;

    // A form that was sent twice is no reason for a mail.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Opens an account and its customer record, and writes to the address to prove it. Where the address has an account, its owner is
    /// told by mail, and as much work is done.
    /// </summary>
    /// <returns>
    /// The account, or every complaint, <see cref="PhoneNotFree"/>, <see cref="TooManyRequests"/>, or <see cref="EmailTaken"/>, which a page
    /// must not show.
    /// </returns>
    public Task<Result<Registered>> RegisterAsync(RegistrationForm form, CancellationToken ct) => RegisterAsync(form, userName: null, ct);

    /// <summary>The same for the programs that ask for a user name; the page has none, and nobody sends it one.</summary>
    /// <param name="userName">Null for the e-mail address; with a name the address may be left out, and is then nobody's.</param>
    /// <returns>As above, and <see cref="UserNameTaken"/>.</returns>
    public async Task<Result<Registered>> RegisterAsync(RegistrationForm form, string? userName, CancellationToken ct)
    {
        if ((await CheckAsync(form, userName, isAttempt: true, ct)).Failed(out var refusal, out _)) return refusal;
        var hash = await hasher.HashAsync(form.Password!, ct);

        if ((await AccountWrite.RunAsync(contexts, db => OpenAsync(db, form, userName, hash, ct), ct)).Failed(out refusal, out var opened)) return refusal;
        if (opened.Account is not { } account) return new EmailTaken();
        LogRegistered(account.UserId);
        return account;
    }

    /// <summary>What is wrong with a form that is not ready to be sent, beside what its fields show alone.</summary>
    /// <returns>Done, or every complaint.</returns>
    internal Task<Result<Done>> CheckAsync(RegistrationForm form, CancellationToken ct) => CheckAsync(form, userName: null, isAttempt: false, ct);

    // Whether a name or number is free is told only to whoever may try: each such question counts as one try.
    private async Task<Result<Done>> CheckAsync(RegistrationForm form, string? userName, bool isAttempt, CancellationToken ct)
    {
        var complaints = RegistrationChecks.Complaints(form, userName, shop.Settings.Country);
        var asksName = userName is not null && !string.Equals(userName, Email(form), StringComparison.OrdinalIgnoreCase) && complaints.TrueForAll(c => c.Field != nameof(UserEdit.UserName));
        var asksPhone = !string.IsNullOrWhiteSpace(form.PhoneNumber) && complaints.TrueForAll(c => c.Field != nameof(form.PhoneNumber));
        if (asksName || asksPhone || isAttempt && complaints.Count == 0)
        {
            if (await limits.TakeAsync(RateLimit.Registration, actor.Address, ct) is { } tooOften) return complaints.Count > 0 ? InvalidError.Of(complaints) : isAttempt ? tooOften : new Done();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (asksName && await IsTakenAsync(db, userName!, ct)) complaints.Add(new UserNameTaken());
            if (asksPhone && await customers.PhoneRefusalAsync(db, Wanted(form, userName), ct) is not null) complaints.Add(new PhoneNotFree(nameof(form.PhoneNumber)));
        }
        return complaints.Count switch { 0 => new Done(), 1 => complaints[0], _ => InvalidError.Of(complaints) };
    }

    private async Task<Result<Opened>> OpenAsync(CrmDbContext db, RegistrationForm form, string? userName, string hash, CancellationToken ct)
    {
        var email = Email(form);
        var normal = email?.ToUpperInvariant();
        if (normal is not null) await TakeTurnAsync(db, normal, ct);
        var known = normal is null ? null : await db.Users.AsNoTracking().Where(u => u.NormalizedEmail == normal || u.NormalizedUserName == normal)
            .Select(u => new Known(u.Id, u.Email, u.FirstName, u.LastName, u.IsActive, u.JoinedAt)).FirstOrDefaultAsync(ct);
        if (known is null && userName is not null && await IsTakenAsync(db, userName, ct)) return new UserNameTaken();

        // Where the address has an account, as much is written under one that nobody has, and taken back: the time tells nothing either.
        var before = await db.MarkPointAsync(ct);
        var nobody = known is null ? null : $"{Guid.CreateVersion7(shop.Now):N}@nobody.invalid";
        if ((await WriteAsync(db, form, nobody ?? userName ?? email!, nobody ?? email, hash, ct)).Failed(out var refusal, out var written)) return refusal;
        await db.SaveChangesAsync(ct);
        if (known is null)
        {
            if (written.Mail is { } mail) mailer.Post(db, mail.Key, email!, written.User.DisplayName, mail.Words, written.Customer.Language);
            return new Opened(new Registered(written.User.Id, written.Customer.Id, written.User.SecurityStamp));
        }
        await db.ReturnAsync(before, ct);
        TellOwner(db, known);
        db.MarkChanged(ChangeKinds.Outbox); // as a new account's mail does, also where none is due
        return new Opened(null);
    }

    // Forms of one address take turns, and the second finds what the first made; on SQLite the single writer does already.
    private static Task TakeTurnAsync(CrmDbContext db, string normalEmail, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({normalEmail}, {AddressTurns}))", ct)
        : Task.CompletedTask;

    private static Task<bool> IsTakenAsync(CrmDbContext db, string userName, CancellationToken ct)
    {
        var normal = userName.Normalize().ToUpperInvariant();
        return db.Users.AnyAsync(u => u.NormalizedUserName == normal || u.NormalizedEmail == normal, ct);
    }

    private async Task<Result<Written>> WriteAsync(CrmDbContext db, RegistrationForm form, string userName, string? email, string hash, CancellationToken ct)
    {
        var user = new User { UserName = userName, NormalizedUserName = userName.Normalize().ToUpperInvariant(), Email = email, NormalizedEmail = email?.ToUpperInvariant(), JoinedAt = shop.Now };
        user.SetPassword(hash);
        db.Users.Add(user);
        var role = await db.Roles.Where(r => r.Name == Roles.Customer).Select(r => r.Id).SingleAsync(ct);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role });
        if ((await customers.OpenAsync(db, Wanted(form, userName) with { UserId = user.Id }, form.Channels, ct)).Failed(out var refusal, out var customer)) return AtField(refusal);
        (user.FirstName, user.LastName) = (customer.FirstName, customer.LastName);

        if (email is null) return new Written(user, customer, null);
        var token = await tokens.IssueAsync(db, user.Id, TokenPurpose.VerifyEmail, email, ct);
        return new Written(user, customer, ($"verify-email:{token.Id}", new VerifyEmailMail(user.FirstName, AccountLinks.Verify(token.Secret), (int)token.Life.TotalHours)));
    }

    // Once an hour, however often somebody tries.
    private void TellOwner(CrmDbContext db, Known known)
    {
        if (!known.IsActive || known.Email is null || known.JoinedAt > shop.Now - JustNow) return;
        mailer.Post(db, $"account-exists:{known.Id}:{shop.Now:yyyyMMddHH}", known.Email, User.NameOf(known.FirstName, known.LastName, ""),
            new AccountExistsMail(known.FirstName, AccountLinks.SignIn, AccountLinks.Forgot));
    }

    private static string? Email(RegistrationForm form) => string.IsNullOrWhiteSpace(form.Email) ? null : form.Email.Trim();

    // A record has to be called something.
    private static NewCustomer Wanted(RegistrationForm form, string? userName) => new()
    {
        FirstName = Array.TrueForAll([form.FirstName, form.LastName, form.PhoneNumber, form.Email], string.IsNullOrWhiteSpace) ? userName : form.FirstName,
        LastName = form.LastName,
        Phone = form.PhoneNumber,
        Email = Email(form),
        Language = form.Language is { } language && CustomerLanguages.All.ContainsKey(language) ? language : "en",
    };

    // The record calls its fields otherwise.
    private static Error AtField(Error refusal) => refusal switch
    {
        InvalidError { Field: nameof(NewCustomer.Phone) } phone => new PhoneNotFree(nameof(RegistrationForm.PhoneNumber)) with { Message = phone.Message },
        _ => refusal,
    };

    [LoggerMessage(LogLevel.Information, "Registered {UserId}")]
    private partial void LogRegistered(Guid userId);

    private sealed record Opened(Registered? Account);

    private sealed record Written(User User, Customer Customer, (string Key, VerifyEmailMail Words)? Mail);

    private sealed record Known(Guid Id, string? Email, string FirstName, string LastName, bool IsActive, DateTime JoinedAt);
}
