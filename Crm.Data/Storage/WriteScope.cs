using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data.Storage;

/// <summary>One transaction that writes; holds the turn of the single SQLite writer. Not committed is rolled back.</summary>
public sealed class WriteScope : IAsyncDisposable
{
    private readonly CrmDbContext db;
    private readonly IDbContextTransaction transaction;
    private readonly SemaphoreSlim? gate;

    internal WriteScope(CrmDbContext db, IDbContextTransaction transaction, SemaphoreSlim? gate) =>
        (this.db, this.transaction, this.gate) = (db, transaction, gate);

    /// <summary>Commits, then tells the live screens what changed.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        await db.NotifyAsync(ct);
        await transaction.CommitAsync(ct);
        db.PublishCommitted();
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        gate?.Release();
    }
}
