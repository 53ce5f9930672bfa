using Crm.Data;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>
/// Forgets what opens nothing any more: sessions a month after their end, so that people can still look back at them, refresh tokens
/// and mailed links a day after they expired.
/// </summary>
sealed class AccountSweep(IDbContextFactory<CrmDbContext> contexts, TimeProvider clock) : IBackgroundJob
{
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan TokensKept = TimeSpan.FromDays(1);

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (ended, expired) = (now - SessionsKept, now - TokensKept);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var links = await db.OneTimeTokens.Where(t => t.ExpiresAt < expired).ExecuteDeleteAsync(ct);
        var old = db.Sessions.Where(s => s.ExpiresAt < ended || s.EndedAt < ended);
        var tokens = await db.RefreshTokens.Where(t => t.ExpiresAt < expired || old.Any(s => s.Id == t.SessionId)).ExecuteDeleteAsync(ct);
        var sessions = await old.ExecuteDeleteAsync(ct);
        await write.CommitAsync(ct);
        return $"{sessions:N0} sessions, {tokens:N0} refresh tokens and {links:N0} links removed.";
    }
}

/// <summary>Registers <see cref="AccountSweep"/>.</summary>
public static class AccountSweepJob
{
    public static IServiceCollection AddAccountSweep(this IServiceCollection services) =>
        services.AddJob<AccountSweep>("Clear old sign-ins", "Forgets sessions that ended a month ago, and links and tokens that have expired.", "0 20 * * * ?");
}
