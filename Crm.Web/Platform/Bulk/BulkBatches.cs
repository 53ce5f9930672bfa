using System.Security.Claims;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Bulk;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Bulk;

/// <summary>Why no further batch of a run follows.</summary>
enum BulkStep { GoOn, Finished, Stopped, Lost, NotAllowed }

/// <summary>
/// One batch of a run: what it changes and how far the run is are one transaction, so that a node which dies, or whose lease was taken
/// over, leaves nothing half done, and no row is gone through twice.
/// </summary>
sealed class BulkBatches(IServiceScopeFactory scopes, StaffDirectory staff, BulkLeases leases, IOptions<BulkOptions> options)
{
    private const int MostRefusals = 200;
    private const int Attempts = 10;

    public async Task<BulkStep> NextAsync(BulkHold hold, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(hold, options.Value.BatchSize, null, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // somebody saved one of the rows between our read and our save: read the batch again
            }
            catch (DbUpdateException)
            {
                return await OneByOneAsync(hold, ct);
            }
        }
    }

    // One row that the database refuses, or that others never leave alone, must not keep its neighbours from being changed.
    private async Task<BulkStep> OneByOneAsync(BulkHold hold, CancellationToken ct)
    {
        for (var row = 0; row < options.Value.BatchSize; row++)
        {
            if (await OneAsync(hold, ct) is var step and not BulkStep.GoOn) return step;
        }
        return BulkStep.GoOn;
    }

    private async Task<BulkStep> OneAsync(BulkHold hold, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await OnceAsync(hold, 1, null, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // lost the race for this row: read it again
            }
            catch (DbUpdateException)
            {
                return await OnceAsync(hold, 1, "The database refused the change: something else hangs on it.", ct);
            }
        }
        return await OnceAsync(hold, 1, "Others kept changing it. Try this one again.", ct);
    }

    /// <param name="refusal">Set to pass over the next rows with this reason.</param>
    private async Task<BulkStep> OnceAsync(BulkHold hold, int size, string? refusal, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        if ((await staff.ReadAsync(ct)).Find(hold.StartedById) is not { IsActive: true } starter) return BulkStep.NotAllowed;
        actor.Become(Principal(starter), ip: null);
        var kind = BulkRuns.Of(scope.ServiceProvider.GetServices<IBulkKind>(), hold.Kind)!;
        if (kind.Refusal(actor, hold.What) is not null) return BulkStep.NotAllowed;

        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var (node, until) = (leases.Node, leases.Until);
        var mine = db.BulkRuns.Where(r => r.Id == hold.RunId && r.LeasedBy == node && r.State == BulkState.Running);
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedUntil, until), ct) == 0) return BulkStep.Lost;

        var now = await db.BulkRuns.AsNoTracking().Where(r => r.Id == hold.RunId).Select(r => new { r.Done, r.Refused, r.Refusals, r.StopAsked }).SingleAsync(ct);
        if (now.StopAsked) return BulkStep.Stopped;
        var ids = hold.Ids.Skip(now.Done).Take(size).ToList();
        if (ids.Count == 0) return BulkStep.Finished;

        db.ChangeId = hold.RunId;
        var refused = refusal is null
            ? await kind.DoAsync(db, new BulkBatch(hold.RunId, hold.StartedAt, hold.What, ids), ct)
            : [.. ids.Select(id => new BulkRefusal(id, "A row", refusal))];
        await db.SaveChangesAsync(ct);
        var (done, count, mark, list) = (now.Done + ids.Count, now.Refused + refused.Count, ids[^1], JsonSerializer.Serialize(BulkRuns.Refusals(now.Refusals).Concat(refused).Take(MostRefusals)));
        await mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.Done, done).SetProperty(r => r.Refused, count).SetProperty(r => r.Mark, mark).SetProperty(r => r.Refusals, list), ct);
        db.MarkChanged(ChangeKinds.Bulk, hold.RunId);
        await write.CommitAsync(ct);
        return done < hold.Ids.Length ? BulkStep.GoOn : BulkStep.Finished;
    }

    private static ClaimsPrincipal Principal(StaffMember starter) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, starter.Id.ToString()),
        new Claim(ClaimTypes.Role, starter.Role),
        new Claim(ActorClaims.DisplayName, starter.Name),
    ], "bulk"));
}
