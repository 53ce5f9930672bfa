using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>One use case in one transaction, begun anew when somebody else's save came in between.</summary>
static class AccountWrite
{
    private const int MostTries = 3;

    /// <summary>
    /// Lets others who lock the same account wait until the caller's write ends; on SQLite the single writer does already. Always the
    /// account before its sessions and links, or two could wait for each other.
    /// </summary>
    public static Task LockAsync(CrmDbContext db, Guid userId, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"Users\" WHERE \"Id\" = {userId} FOR NO KEY UPDATE", ct)
        : Task.CompletedTask;

    /// <summary>Saves and commits what the work did, unless it refused: then nothing of it stays.</summary>
    public static async Task<Result<T>> RunAsync<T>(IDbContextFactory<CrmDbContext> contexts, Func<CrmDbContext, Task<Result<T>>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var write = await db.BeginWriteAsync(ct);
            try
            {
                var result = await work(db);
                if (result.Error is not null) return result;
                await db.SaveChangesAsync(ct);
                await write.CommitAsync(ct);
                return result;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // The account or its customer was saved meanwhile: look again.
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost) && attempt < MostTries)
            {
                // The address or number was taken meanwhile: the next look finds it.
            }
        }
    }
}
