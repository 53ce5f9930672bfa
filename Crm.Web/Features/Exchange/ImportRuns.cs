using System.Text.Json;
using Crm.Data;
using Crm.Data.Exchange;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Exchange;

/// <summary>The book of imports: begins, follows and ends the row of each run.</summary>
public sealed class ImportRuns(CrmDatabase database, CurrentActor actor, Shop shop)
{
    /// <summary>The name of the turn that an import needs.</summary>
    public const string Turn = "import";

    private const string Abandoned = "The program stopped before the import was done. What was read is kept; import the same file again to complete it.";

    /// <summary>
    /// Ends the runs that a dead process left as running. Call it with the turn in hand: then nobody can be at work.
    /// </summary>
    public async Task CloseAbandonedAsync(CancellationToken ct)
    {
        await using var db = Open();
        foreach (var run in await db.ImportRuns.Where(r => r.State == ImportState.Running).ToListAsync(ct)) run.End(ImportState.Failed, Abandoned, shop.Now);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whether an import is at work now, on this node or another.</summary>
    public async Task<bool> IsBusyAsync(CancellationToken ct)
    {
        await using var db = Open();
        if (!await db.ImportRuns.AnyAsync(r => r.State == ImportState.Running, ct)) return false;
        await using var turn = await SoleTurn.TryTakeAsync(database, Turn, ct);
        return turn is null;
    }

    public async Task<Guid> BeginAsync(string kind, string fileName, string hash, CancellationToken ct)
    {
        await using var db = Open();
        var run = new ImportRun { Kind = kind, FileName = CleanText.Cut(fileName, 255), Hash = hash, StartedById = actor.UserId, StartedAt = shop.Now };
        db.ImportRuns.Add(run);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }

    /// <summary>Notes the progress in the transaction that made it; false when somebody has asked the run to stop.</summary>
    public static async Task<bool> AdvanceAsync(CrmDbContext db, Guid runId, long linesTotal, ImportTally tally, CancellationToken ct)
    {
        var run = await db.ImportRuns.SingleAsync(r => r.Id == runId, ct);
        if (run.State is not ImportState.Running) return false;
        Note(run, linesTotal, tally);
        return true;
    }

    /// <summary>Asks a run to stop: it does after the batch that it is at. False when it has ended already.</summary>
    public async Task<bool> AskToStopAsync(Guid runId, CancellationToken ct)
    {
        await using var db = Open();
        await using var write = await db.BeginWriteAsync(ct);
        var (why, now) = (CleanText.Cut($"Stopped by {actor.Name}.", 500), shop.Now);
        // one statement: an end that was written meanwhile stands
        var stopped = await db.ImportRuns.Where(r => r.Id == runId && r.State == ImportState.Running).ExecuteUpdateAsync(
            run => run.SetProperty(r => r.State, ImportState.Cancelled).SetProperty(r => r.Message, why).SetProperty(r => r.EndedAt, now), ct);
        if (stopped == 0) return false;
        db.MarkChanged(ChangeKinds.Import);
        await write.CommitAsync(ct);
        return true;
    }

    /// <summary>Writes down how a run really ended, also when somebody asked it to stop after its last batch.</summary>
    public async Task EndAsync(ImportOutcome outcome, byte[]? refusedCsv, CancellationToken ct)
    {
        await using var db = Open();
        var run = await db.ImportRuns.SingleAsync(r => r.Id == outcome.RunId, ct);
        Note(run, outcome.LinesTotal, outcome.Tally);
        (run.Reasons, run.RefusedCsv) = (JsonSerializer.Serialize(outcome.Reasons), refusedCsv);
        run.End(outcome.State, CleanText.Cut(outcome.Message, 500), shop.Now);
        await db.SaveChangesAsync(ct);
    }

    private CrmDbContext Open() => database.Open(actor.ForAudit);

    private static void Note(ImportRun run, long linesTotal, ImportTally tally)
    {
        (run.LinesTotal, run.LinesRead, run.LinesRefused) = (linesTotal, tally.LinesRead, tally.LinesRefused);
        (run.Customers, run.Products, run.Orders, run.Returns) = (tally.Customers, tally.Products, tally.Orders, tally.Returns);
    }
}
