using System.Text.Json;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Undo;

/// <summary>
/// Takes a change back from the audit trail: all rows of one change id, in one transaction that is a change of its own. Who made the
/// change may, and managers; the rules of the rooms say more. Rows that somebody changed since are left alone unless chosen.
/// </summary>
public sealed class UndoService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, UndoRules rules, UndoWork work, BulkRuns bulk, TimeProvider clock)
{
    /// <summary>How long a change can be taken back.</summary>
    public const int Days = 30;

    /// <summary>Rows that are taken back at once; more than these go on behind the scenes.</summary>
    public const int AtOnce = 500;

    private const int Attempts = 5;

    /// <summary>Takes a change back.</summary>
    /// <param name="alsoChangedSince">Rows to take back though somebody changed them since.</param>
    /// <returns>
    /// What came of it, or <see cref="NothingToUndo"/>, <see cref="UndoTooLate"/>, <see cref="UndoNotTheirs"/>, <see cref="UndoBusy"/>, <see cref="UndoTaken"/>,
    /// <see cref="UndoNotWhole"/> for a change that makes no sense by half.
    /// </returns>
    public async Task<Result<UndoOutcome>> UndoAsync(Guid changeId, IReadOnlySet<Guid> alsoChangedSince, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        return await IsLargeAsync(changeId, ct) ? await StartAsync(changeId, alsoChangedSince, ct) : await TryAsync(changeId, alsoChangedSince, keep: true, ct);
    }

    /// <summary>What would come of taking a change back now; nothing is done.</summary>
    /// <returns>The same as <see cref="UndoAsync"/> would say.</returns>
    public async Task<Result<UndoOutcome>> LookAsync(Guid changeId, CancellationToken ct) =>
        actor.UnlessStaff() is { } refusal ? refusal : await TryAsync(changeId, new HashSet<Guid>(), keep: false, ct);

    private async Task<Result<UndoOutcome>> TryAsync(Guid changeId, IReadOnlySet<Guid> chosen, bool keep, CancellationToken ct)
    {
        var taken = false;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await UndoOnceAsync(changeId, chosen, keep, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                taken = false; // somebody saved one of the rows between our read and our save: look again
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
            {
                taken = true; // somebody brought the same back a moment ago, or holds what was once a row's alone
            }
        }
        return taken ? new UndoTaken() : new UndoBusy();
    }

    private async Task<Result<UndoOutcome>> UndoOnceAsync(Guid changeId, IReadOnlySet<Guid> chosen, bool keep, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if ((await ReadAsync(db, changeId, ct)).Failed(out var refusal, out var rows)) return refusal;

        (db.ChangeId, db.UndoOf) = (Guid.CreateVersion7(clock.GetUtcNow()), changeId);
        var (restored, skipped) = await work.ApplyAsync(db, rows, chosen, ct);
        if (restored == 0 && skipped.Count == 0) return new NothingToUndo();
        if (skipped.Count > 0 && rows.Exists(r => r.Rule.IsWhole(r))) return new UndoNotWhole(skipped);
        if (keep) await write.CommitAsync(ct);
        return new UndoOutcome(db.ChangeId.Value, restored, skipped);
    }

    private async Task<bool> IsLargeAsync(Guid changeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AuditEntries.CountAsync(a => a.ChangeId == changeId, ct) > AtOnce;
    }

    // Records come back in the order of the rules: a lead before a deal of it.
    private async Task<Result<UndoOutcome>> StartAsync(Guid changeId, IReadOnlySet<Guid> chosen, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await ReadAsync(db, changeId, ct)).Failed(out var refusal, out var rows)) return refusal;
        var order = rules.ByName.Values.Select((rule, at) => (rule, at)).ToDictionary(r => r.rule, r => r.at);
        var records = rows.GroupBy(r => r.Record).OrderBy(g => g.Min(r => order[r.Rule])).Select(g => g.Key).ToList();
        var title = await db.BulkRuns.Where(r => r.Id == changeId).Select(r => r.Title).SingleOrDefaultAsync(ct) ?? BulkRuns.Count(records.Count, "record", "records");
        var started = await bulk.StartAsync("undo", $"Undo: {title}", JsonSerializer.Serialize(new UndoRequest(changeId, chosen)), records, ct);
        return started.Failed(out var notStarted, out var runId) ? notStarted : new UndoOutcome(runId, 0, [], runId);
    }

    private async Task<Result<List<UndoRow>>> ReadAsync(CrmDbContext db, Guid changeId, CancellationToken ct)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(a => a.ChangeId == changeId).ToListAsync(ct);
        var rows = UndoTrail.Rows(entries, rules.ByName, db.Model);
        if (rows.Count == 0) return new NothingToUndo();
        if (rows.Max(r => r.At) < clock.GetUtcNow().UtcDateTime.AddDays(-Days)) return new UndoTooLate();
        if (!actor.IsManagement && rows.All(r => r.ActorId != actor.UserId)) return new UndoNotTheirs();
        return rows;
    }
}
