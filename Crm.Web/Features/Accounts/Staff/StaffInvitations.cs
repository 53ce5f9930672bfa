using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Recovery;
using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Accounts.Users;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Staff;

/// <summary>Asks somebody by mail to work here: the account is made at once, and its password by whoever reads the mail.</summary>
public sealed class StaffInvitations(
    IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffQueries queries, OneTimeTokens tokens, Mailer mailer, PasswordHasher hasher,
    Shop shop, TimeProvider clock)
{
    /// <summary>Makes the account without a password and sends the link. Owner only.</summary>
    /// <returns>The row, or every complaint, or <see cref="AccountExists"/>.</returns>
    public async Task<Result<StaffRow>> InviteAsync(StaffInvitation invitation, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        if (Complaint(invitation) is { } complaint) return complaint;
        var made = await AccountWrite.RunAsync<Guid>(contexts, async db =>
        {
            var email = invitation.Email.Trim();
            var userName = string.IsNullOrWhiteSpace(invitation.UserName) ? email : invitation.UserName.Trim();
            if (await TakenAsync(db, email, userName, ct) is { } taken) return taken;
            var user = new User
            {
                UserName = userName,
                NormalizedUserName = userName.Normalize().ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                FirstName = PersonName.Clean(invitation.FirstName)!,
                LastName = PersonName.Clean(invitation.LastName) ?? "",
                JoinedAt = clock.GetUtcNow().UtcDateTime,
            };
            user.EndSessions();
            db.Users.Add(user);
            var role = await db.Roles.SingleAsync(r => r.Name == invitation.Role, ct);
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = role.Id });
            await SendAsync(db, user, role.Name!, ct);
            return user.Id;
        }, ct);
        return made.Failed(out refusal, out var id) ? refusal : await queries.GetAsync(id, ct);
    }

    /// <summary>Sends another link; the one before stops working. Owner only.</summary>
    /// <returns>The row, or <see cref="StaffNotFound"/>, <see cref="NotInvited"/>.</returns>
    public async Task<Result<StaffRow>> InviteAgainAsync(Guid userId, CancellationToken ct)
    {
        if ((await queries.GetAsync(userId, ct)).Failed(out var refusal, out var row)) return refusal;
        var sent = await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
            if (user.PasswordHash is not null || !user.IsActive) return new NotInvited(row.Name);
            await SendAsync(db, user, row.Role, ct);
            user.MarkChanged();
            return new Done();
        }, ct);
        return sent.Failed(out refusal, out _) ? refusal : await queries.GetAsync(userId, ct);
    }

    /// <summary>Takes the invitation back: its link stops working and the account, which nobody ever used, goes. Owner only.</summary>
    /// <returns>Done, or <see cref="StaffNotFound"/>, <see cref="NotInvited"/>.</returns>
    public async Task<Result<Done>> WithdrawAsync(Guid userId, CancellationToken ct)
    {
        if ((await queries.GetAsync(userId, ct)).Failed(out var refusal, out var row)) return refusal;
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct);
            if (user is null) return new StaffNotFound();
            if (user.PasswordHash is not null || user.LastSignInAt is not null) return new NotInvited(row.Name);
            db.OneTimeTokens.RemoveRange(await db.OneTimeTokens.Where(t => t.UserId == userId).ToListAsync(ct));
            db.UserRoles.RemoveRange(await db.UserRoles.Where(h => h.UserId == userId).ToListAsync(ct));
            db.Users.Remove(user);
            return new Done();
        }, ct);
    }

    /// <summary>Whom a link invites; opening it does not use it up. For whoever has it.</summary>
    /// <returns>The name to greet, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<string>> LookAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await tokens.LookAsync(db, TokenPurpose.AcceptInvitation, token, ct)).Failed(out var refusal, out var proof)) return refusal;
        var person = await db.Users.AsNoTracking().Where(u => u.Id == proof.UserId && u.IsActive).Select(u => new { u.FirstName, u.Email }).SingleOrDefaultAsync(ct);
        return person is not null && proof.IsOf(person.Email) ? person.FirstName : new TokenUnknown();
    }

    /// <summary>Sets the password of the account that the link is for, and proves its address. For whoever has the link.</summary>
    /// <returns>Whose it is, to be signed in, or a complaint beside a field, <see cref="PasswordsDiffer"/>, or one of <see cref="TokenRefused"/>.</returns>
    public async Task<Result<Proved>> AcceptAsync(PasswordResetForm form, CancellationToken ct)
    {
        if ((await PersonAsync(form.Token, ct)).Failed(out var refusal, out var person)) return refusal;
        var complaints = PasswordRule.Complaints(form.New ?? "", person.Email, person.UserName, person.FirstName, person.LastName, person.DisplayName)
            .Select(text => new InvalidError(nameof(form.New), text)).ToList();
        if (form.New != form.Repeated) complaints.Add(new PasswordsDiffer(nameof(form.Repeated)));
        if (complaints.Count > 0) return InvalidError.Of(complaints);

        var hash = await hasher.HashAsync(form.New!, ct);
        return await AccountWrite.RunAsync<Proved>(contexts, async db =>
        {
            if ((await tokens.TakeAsync(db, TokenPurpose.AcceptInvitation, form.Token, ct)).Failed(out var dead, out var proof)) return dead;
            var user = await db.Users.SingleAsync(u => u.Id == proof.UserId, ct);
            if (!user.IsActive || user.PasswordHash is not null || !proof.IsOf(user.Email)) return new TokenUnknown();
            user.SetPassword(hash);
            user.EmailConfirmed = true;
            return new Proved(user.Id, user.SecurityStamp);
        }, ct);
    }

    private async Task<Result<User>> PersonAsync(string? token, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await tokens.LookAsync(db, TokenPurpose.AcceptInvitation, token, ct)).Failed(out var refusal, out var proof)) return refusal;
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == proof.UserId && u.IsActive, ct) is { } person && proof.IsOf(person.Email) ? person : new TokenUnknown();
    }

    private async Task SendAsync(CrmDbContext db, User user, string role, CancellationToken ct)
    {
        var token = await tokens.IssueAsync(db, user.Id, TokenPurpose.AcceptInvitation, user.Email!, ct);
        mailer.Post(db, $"staff-invitation:{token.Id}", user.Email!, user.DisplayName,
            new StaffInvitationMail(user.FirstName, actor.Name, role, AccountLinks.Invitation(token.Secret), (int)token.Life.TotalHours));
    }

    private static async Task<AccountExists?> TakenAsync(CrmDbContext db, string email, string userName, CancellationToken ct)
    {
        var (address, name) = (email.ToUpperInvariant(), userName.Normalize().ToUpperInvariant());
        var known = await db.Users.AsNoTracking().Where(u => u.NormalizedEmail == address || u.NormalizedUserName == address || u.NormalizedEmail == name || u.NormalizedUserName == name)
            .Select(u => new { u.FirstName, u.LastName, u.UserName, SameAddress = u.NormalizedEmail == address || u.NormalizedUserName == address, Works = StaffQueries.Held(db).Any(s => s.Id == u.Id) })
            .FirstOrDefaultAsync(ct);
        if (known is null) return null;
        if (!known.SameAddress) return new AccountExists(nameof(StaffInvitation.UserName), "Somebody signs in with this name already.");
        return new AccountExists(nameof(StaffInvitation.Email), known.Works
            ? $"This is the address of {User.NameOf(known.FirstName, known.LastName, known.UserName)}, who has an account here."
            : "This is the address of a customer's account. Staff sign in with another.");
    }

    private Error? Complaint(StaffInvitation invitation)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(invitation.FirstName), PersonName.Clean(invitation.FirstName), "Enter the first name.");
        complaints.Within(nameof(invitation.FirstName), invitation.FirstName, 100);
        complaints.Within(nameof(invitation.LastName), invitation.LastName, 100);
        complaints.Within(nameof(invitation.UserName), invitation.UserName, 100);
        if (!string.IsNullOrWhiteSpace(invitation.UserName) && UserNames.ComplaintAbout(invitation.UserName.Trim(), invitation.Email ?? "", shop.Settings.Country) is { } wrong) complaints.Add(nameof(invitation.UserName), wrong);
        if (!EmailAddress.IsValid(invitation.Email)) complaints.Add(nameof(invitation.Email), "This is not an e-mail address. It looks like name@example.com.");
        if (!Roles.Staff.Contains(invitation.Role)) complaints.Add(nameof(invitation.Role), "Choose a role.");
        return complaints.Error;
    }
}
