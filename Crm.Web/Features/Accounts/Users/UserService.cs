using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Owner;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Users;

/// <summary>The accounts of everybody, for the owner alone.</summary>
sealed class UserService(CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, AccountAccess access, SessionRegister register, OneTimeTokens tokens, Shop shop, TimeProvider clock)
{
    /// <summary>Lists that were never paged stay so, up to here.</summary>
    public const int Most = 1000;

    /// <summary>Oldest first.</summary>
    /// <param name="after">The last one of the page before.</param>
    public async Task<Result<Page<UserRow>>> ListAsync(Guid? after, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Page<UserRow>.Of(await Rows(db, db.Users.Where(u => after == null || u.Id > after).OrderBy(u => u.Id).Take(Most + 1)).ToListAsync(ct), Most);
    }

    public async Task<Result<UserRow>> FindAsync(Guid userId, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ReadAsync(db, userId, ct) is { } row ? row : new UserNotFound();
    }

    /// <summary>Adds an account without a password: who it is for proves their address and chooses one by the link for forgotten ones.</summary>
    /// <returns>The account, or <see cref="UserNameTaken"/>, <see cref="UserEmailTaken"/>.</returns>
    public async Task<Result<UserRow>> AddAsync(UserEdit edit, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = new User { JoinedAt = clock.GetUtcNow().UtcDateTime, LockoutEnabled = true };
        user.EndSessions();
        if (await WriteAsync(db, user, edit, ct) is { } complaint) return complaint;
        db.Users.Add(user);
        await access.GiveRoleAsync(db, user, edit.Role ?? Roles.Customer, inPlaceOf: Roles.All, ct);
        return await SaveAsync(db, user, ct);
    }

    /// <summary>Changes what is given; another role or state ends every session of the account.</summary>
    /// <returns>The account, or <see cref="UserNotFound"/>, <see cref="UserNameTaken"/>, a complaint about the name, <see cref="UserEmailTaken"/>, <see cref="OwnAccess"/>, <see cref="LastOwner"/>.</returns>
    public async Task<Result<UserRow>> ChangeAsync(Guid userId, UserEdit edit, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        var field = edit.IsActive == false ? nameof(edit.IsActive) : edit.Role is not (null or Roles.Owner) ? nameof(edit.Role) : null;
        if (field is not null && userId == actor.UserId) return new OwnAccess(field);
        if ((await OnAsync(userId, field, (db, user) => ChangeAsync(db, user, edit, ct), ct)).Failed(out refusal, out _)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await ReadAsync(db, userId, ct))!;
    }

    /// <summary>Takes an account away: one that never did anything is deleted, any other is switched off, since its name stands on records.</summary>
    /// <returns>Done, or <see cref="UserNotFound"/>, <see cref="OwnAccess"/>, <see cref="LastOwner"/>.</returns>
    public async Task<Result<Done>> RemoveAsync(Guid userId, CancellationToken ct)
    {
        if (actor.UnlessOwner() is { } refusal) return refusal;
        if (userId == actor.UserId) return new OwnAccess("");
        return await OnAsync(userId, "", async (db, user) =>
        {
            if (await HasHistoryAsync(db, user, ct)) await access.SwitchOffAsync(db, user, ct);
            else db.Users.Remove(user);
            return null;
        }, ct);
    }

    /// <summary>In one transaction, with the owners counted by one at a time.</summary>
    /// <param name="takes">The field by which an owner's access would be taken away, if the change does that.</param>
    private async Task<Result<Done>> OnAsync(Guid userId, string? takes, Func<CrmDbContext, User, Task<Error?>> change, CancellationToken ct)
    {
        return await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            await Owners.LockAsync(db, ct);
            if (await db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user) return new UserNotFound();
            if (takes is not null && await Owners.IsLastAsync(db, userId, ct)) return new LastOwner(takes);
            return await change(db, user) is { } refused ? refused : new Done();
        }, ct);
    }

    private async Task<Error?> ChangeAsync(CrmDbContext db, User user, UserEdit edit, CancellationToken ct)
    {
        var wasActive = user.IsActive;
        if (await WriteAsync(db, user, edit, ct) is { } complaint) return complaint;
        var changed = edit.Role is not null && await access.GiveRoleAsync(db, user, edit.Role, inPlaceOf: Roles.All, ct) || user.IsActive != wasActive;
        if (wasActive && !user.IsActive) await access.SwitchOffAsync(db, user, ct);
        else if (changed) await register.EndAllAsync(db, user.Id, except: user.Id == actor.UserId ? actor.SessionId : null, ct);
        return null;
    }

    private static async Task<bool> HasHistoryAsync(CrmDbContext db, User user, CancellationToken ct) =>
        user.LastSignInAt is not null || user.PasswordHash is not null
        || await db.Customers.AnyAsync(c => c.UserId == user.Id, ct) || await db.Leads.AnyAsync(l => l.OwnerId == user.Id, ct)
        || await db.Reminders.AnyAsync(r => r.UserId == user.Id, ct) || await db.AuditEntries.AnyAsync(a => a.ActorId == user.Id, ct);

    private async Task<Error?> WriteAsync(CrmDbContext db, User user, UserEdit edit, CancellationToken ct)
    {
        if (edit.UserName is { } name && name != user.UserName)
        {
            if (UserNames.ComplaintAbout(name, edit.Email ?? user.Email ?? "", shop.Settings.Country) is { } wrong) return new InvalidError(nameof(edit.UserName), wrong);
            var normalized = name.Normalize().ToUpperInvariant();
            if (await db.Users.AnyAsync(u => u.NormalizedUserName == normalized && u.Id != user.Id, ct)) return new UserNameTaken();
            (user.UserName, user.NormalizedUserName) = (name, normalized);
        }
        if (edit.Email is { } email)
        {
            var normalized = email.Length == 0 ? null : email.Normalize().ToUpperInvariant();
            if (normalized is not null && await db.Users.AnyAsync(u => (u.NormalizedEmail == normalized || u.NormalizedUserName == normalized) && u.Id != user.Id, ct)) return new UserEmailTaken();
            if (normalized != user.NormalizedEmail) await UnproveAsync(db, user, email, normalized, ct);
            (user.Email, user.NormalizedEmail) = (normalized is null ? null : email, normalized);
        }
        user.FirstName = PersonName.Clean(edit.FirstName) ?? user.FirstName;
        user.LastName = PersonName.Clean(edit.LastName) ?? user.LastName;
        user.IsActive = edit.IsActive ?? user.IsActive;
        return null;
    }

    // Nobody has proved the new address, and whoever reads mail to the old one is let in no more.
    private async Task UnproveAsync(CrmDbContext db, User user, string email, string? normalized, CancellationToken ct)
    {
        user.EmailConfirmed = false;
        if (normalized is not null && user.NormalizedUserName == user.NormalizedEmail) (user.UserName, user.NormalizedUserName) = (email, normalized);
        await tokens.EndAllAsync(db, user.Id, ct);
        await AccountAddress.UnproveAsync(db, user.Id, clock.GetUtcNow().UtcDateTime, ct);
    }

    private async Task<Result<UserRow>> SaveAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            await using var now = await contexts.CreateDbContextAsync(ct);
            return await now.Users.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName && u.Id != user.Id, ct) ? new UserNameTaken() : new UserEmailTaken();
        }
        return (await ReadAsync(db, user.Id, ct))!;
    }

    private static Task<UserRow?> ReadAsync(CrmDbContext db, Guid userId, CancellationToken ct) => Rows(db, db.Users.Where(u => u.Id == userId)).SingleOrDefaultAsync(ct);

    private static IQueryable<UserRow> Rows(CrmDbContext db, IQueryable<User> users) =>
        users.WithRoles(db).Select(h => new UserRow(h.User.Id, h.User.UserName ?? "", h.User.Email ?? "", h.User.FirstName, h.User.LastName, h.User.IsActive, h.User.JoinedAt, h.Roles));
}
