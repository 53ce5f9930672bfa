using System.Data.Common;
using Crm.Data.Storage;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>Whether the database answers.</summary>
sealed class DatabasePulse(CrmDatabase database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<bool> BeatsAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = database.Open(Actor.System("health"));
            return await db.Database.CanConnectAsync(patience.Token);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
