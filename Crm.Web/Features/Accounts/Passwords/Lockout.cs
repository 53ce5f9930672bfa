using Crm.Data;
using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>Rests an account after too many wrong passwords or codes in a row, each time longer than the time before.</summary>
public sealed partial class Lockout(IDbContextFactory<CrmDbContext> contexts, IOptions<AccountsOptions> options, TimeProvider clock, ILogger<Lockout> logger)
{
    /// <summary>Counts one wrong answer; nothing happens for an account that does not exist, in the same time.</summary>
    public async Task CountFailureAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await CountAsync(db.Users.Where(u => u.Id == userId), ct);
        await RestIfTiredAsync(db, userId, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    /// <summary>Adds one to what failed, by the database itself, so that guesses made at the same moment are all counted.</summary>
    /// <param name="account">In a write of the caller's.</param>
    /// <returns>1, or 0 when there is no such account.</returns>
    public static Task<int> CountAsync(IQueryable<User> account, CancellationToken ct) =>
        account.ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), ct);

    /// <summary>Rests an account whose failures are as many as it may have; the caller saves and commits.</summary>
    public async Task RestIfTiredAsync(CrmDbContext db, Guid userId, CancellationToken ct)
    {
        var failures = options.Value.FailuresBeforeLockout;
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.AccessFailedCount >= failures, ct) is not { } tired) return;
        var rest = RestAfter(tired.Lockouts, options.Value);
        tired.LockUntil(clock.GetUtcNow().UtcDateTime + rest);
        LogLockedOut(userId, (int)rest.TotalMinutes);
    }

    /// <summary>After a whole sign-in: whatever failed before is forgotten.</summary>
    /// <param name="db">In a write of the caller's.</param>
    public static Task ForgetAsync(CrmDbContext db, Guid userId, CancellationToken ct) =>
        db.Users.Where(u => u.Id == userId && (u.AccessFailedCount != 0 || u.Lockouts != 0))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.Lockouts, 0), ct);

    /// <summary>A quarter of an hour, half, a whole, and so on up to a day, unless the settings say otherwise.</summary>
    internal static TimeSpan RestAfter(int lockouts, AccountsOptions options) =>
        TimeSpan.FromMinutes(Math.Min(options.LongestLockoutHours * 60L, (long)options.LockoutMinutes << Math.Min(lockouts, 20)));

    [LoggerMessage(LogLevel.Warning, "Rested the account {UserId} for {Minutes} minutes after too many wrong answers")]
    private partial void LogLockedOut(Guid userId, int minutes);
}
