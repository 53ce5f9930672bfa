using Crm.Data;
using Crm.Web.Features.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// Asks whether a password is an account's, and rests the account after too many wrong ones. Takes the same steps and the same
/// time for an account that does not exist. Where a second factor is asked for too, the right password alone does not make earlier
/// failures forgotten: codes could be guessed for ever.
/// </summary>
public sealed class PasswordCheck(IDbContextFactory<CrmDbContext> contexts, PasswordHasher hasher, Lockout lockout, TimeProvider clock)
{
    /// <summary>True when the password is right and the account does not rest; an outdated hash is then replaced.</summary>
    /// <param name="userId">Null for nobody, which is never right.</param>
    public async Task<bool> PassesAsync(Guid? userId, string password, CancellationToken ct) => await ProveAsync(userId, password, ct) is not null;

    /// <summary>The same, for whoever goes on to do something that only this password may do.</summary>
    /// <returns>Null when it is not right; otherwise with the stamp that the account had when it was.</returns>
    public async Task<Proved?> ProveAsync(Guid? userId, string password, CancellationToken ct)
    {
        var known = await ReadAsync(userId ?? Guid.Empty, ct);
        return await IsRightAsync(known, password, askedAgain: false, ct) ? new Proved(known!.UserId, known.Stamp ?? "") : null;
    }

    /// <summary>The same for an account that was read already; null is nobody.</summary>
    /// <param name="askedAgain">
    /// Whoever goes on asks in their own write whether the account rests now or got another password meanwhile, as
    /// <see cref="SessionRegister.BeginAsync"/> does: then it is not asked here.
    /// </param>
    internal async Task<bool> IsRightAsync(StoredPassword? known, string password, bool askedAgain, CancellationToken ct)
    {
        var resting = known?.LockoutEnd > clock.GetUtcNow();
        var right = await hasher.VerifyAsync(resting ? null : known?.Hash, password, ct);

        // From here on a caller who hangs up must not escape being counted.
        if (right) return await AcceptAsync(known!, password, askedAgain, CancellationToken.None);
        await lockout.CountFailureAsync(resting ? Guid.Empty : known?.UserId ?? Guid.Empty, CancellationToken.None);
        return false;
    }

    private async Task<StoredPassword?> ReadAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => StoredPassword.Of(u)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Says no after all when the account began to rest, or got another password, while this one was being checked.</summary>
    private async Task<bool> AcceptAsync(StoredPassword known, string password, bool askedAgain, CancellationToken ct)
    {
        var hash = hasher.IsOutdated(known.Hash!) ? await hasher.HashAsync(password, ct) : known.Hash;
        var leavesNothing = hash == known.Hash && !(known.HasFailures && !known.TwoFactorEnabled);
        if (leavesNothing && askedAgain) return true;

        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var same = db.Users.Where(u => u.Id == known.UserId && u.SecurityStamp == known.Stamp && (u.LockoutEnd == null || u.LockoutEnd <= now));
        if (leavesNothing) return await same.AnyAsync(ct);

        await using var write = await db.BeginWriteAsync(ct);
        var accepted = await same.ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, hash), ct);
        if (accepted == 1 && !known.TwoFactorEnabled) await Lockout.ForgetAsync(db, known.UserId, ct);
        await write.CommitAsync(ct);
        return accepted == 1;
    }
}
