using Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// Asks whether a password is an account's, and rests the account after too many wrong ones. Takes the same steps and the same
/// time for an account that does not exist.
/// </summary>
public sealed partial class PasswordCheck(
    IDbContextFactory<CrmDbContext> contexts, PasswordHasher hasher, IOptions<AccountsOptions> options, TimeProvider clock, ILogger<PasswordCheck> logger)
{
    /// <summary>True when the password is right and the account does not rest; an outdated hash is then replaced.</summary>
    /// <param name="userId">Null for nobody, which is never right.</param>
    public async Task<bool> PassesAsync(Guid? userId, string password, CancellationToken ct)
    {
        var known = await ReadAsync(userId ?? Guid.Empty, ct);
        var resting = known?.LockoutEnd > clock.GetUtcNow();
        var right = await hasher.VerifyAsync(resting ? null : known?.PasswordHash, password, ct);

        // From here on a caller who hangs up must not escape being counted.
        if (right) return await AcceptAsync(known!, password, CancellationToken.None);
        await CountFailureAsync(resting ? Guid.Empty : userId ?? Guid.Empty, CancellationToken.None);
        return false;
    }

    private async Task<Stored?> ReadAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().Where(u => u.Id == userId)
            .Select(u => new Stored(u.Id, u.PasswordHash, u.SecurityStamp, u.LockoutEnd)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Says no after all when the account began to rest, or got another password, while this one was being checked.</summary>
    private async Task<bool> AcceptAsync(Stored known, string password, CancellationToken ct)
    {
        var hash = hasher.IsOutdated(known.PasswordHash!) ? await hasher.HashAsync(password, ct) : known.PasswordHash;
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var accepted = await db.Users
            .Where(u => u.Id == known.Id && u.SecurityStamp == known.SecurityStamp && (u.LockoutEnd == null || u.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.PasswordHash, hash), ct);
        await write.CommitAsync(ct);
        return accepted == 1;
    }

    // Counted by the database itself, so that guesses made at the same moment are all counted.
    private async Task CountFailureAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await db.Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), ct);
        var failures = options.Value.FailuresBeforeLockout;
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.AccessFailedCount >= failures, ct) is { } tired)
        {
            tired.LockUntil(clock.GetUtcNow().UtcDateTime.AddMinutes(options.Value.LockoutMinutes));
            await db.SaveChangesAsync(ct);
            LogLockedOut(userId, options.Value.LockoutMinutes);
        }
        await write.CommitAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "Rested the account {UserId} for {Minutes} minutes after too many wrong passwords")]
    private partial void LogLockedOut(Guid userId, int minutes);

    private sealed record Stored(Guid Id, string? PasswordHash, string? SecurityStamp, DateTimeOffset? LockoutEnd);
}
