using System.Globalization;
using System.Security.Cryptography;
using Crm.Data;
using Crm.Data.Exchange;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>
/// Imports the UCI Online Retail file. It is read twice: once whole, before anything is written, then in batches of whole
/// invoices, each in one transaction. An invoice that is here already is passed over, so that a second run changes nothing
/// and a run after a stop completes the first.
/// </summary>
public sealed class OnlineRetailImport(
    IDbContextFactory<CrmDbContext> contexts, CrmDatabase database, CurrentActor actor, ImportRuns runs, OnlineRetailBatch batch, IOptions<StorageOptions> storage)
{
    /// <summary>A batch is full with the invoice that reaches this many lines.</summary>
    public const int LinesPerBatch = 2000;

    private const int Attempts = 3;
    private const string MassWrite = "Online Retail import";

    /// <summary>For tests that stop between batches of a short file.</summary>
    internal int BatchLines { get; set; } = LinesPerBatch;

    /// <summary>Whether the list of lines left out stays on disk, for whoever stands at the command line, when the database has a copy.</summary>
    public bool KeepsList { get; set; } = true;

    /// <summary>Reads the file into the shop; only the owner may.</summary>
    /// <param name="path">Of the file on this machine, plain or gzipped.</param>
    /// <param name="fileName">As people know it.</param>
    /// <param name="ct">Stops after the batch that is being written; what was written stays.</param>
    /// <returns>How it ended, or <see cref="FileRefused"/>, <see cref="ImportRunning"/>.</returns>
    public async Task<Result<ImportOutcome>> RunAsync(string path, string fileName, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        if (OpenFile(path).Failed(out var missing, out var file)) return missing;
        await using (file)
        {
            await using var turn = await SoleTurn.TryTakeAsync(database, ImportRuns.Turn, ct);
            if (turn is null) return new ImportRunning();
            await runs.CloseAbandonedAsync(ct);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
            var runId = await runs.BeginAsync(OnlineRetailBatch.Origin, fileName, hash, ct);
            progress.Report(new ImportProgress(runId, ImportPhase.Checking, 0, file.Length));
            return await ReadInAsync(new OnlineRetailReader(file), runId, progress, ct);
        }
    }

    private async Task<Result<ImportOutcome>> ReadInAsync(OnlineRetailReader reader, Guid runId, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        await using var refused = new RefusedLines(Path.Combine(storage.Value.Folder, "imports", $"{OnlineRetailBatch.Origin}-{runId:N}-refused.csv"), OnlineRetailColumns.Names);
        var (total, tally) = (0L, ImportTally.Zero);
        try
        {
            var survey = await Task.Run(() => Check(reader, runId, progress, ct), ct);
            total = survey.Lines;
            foreach (var invoices in InBatches(reader.ReadInvoices(survey.Scattered, ct)))
            {
                if (ct.IsCancellationRequested || await WriteAsync(runId, total, invoices, survey, tally) is not { } next) return await StopAsync();
                foreach (var (line, why) in invoices.SelectMany(i => i.Refused)) refused.Add(line.Number, why.Words(), line.Fields);
                tally = next;
                progress.Report(new ImportProgress(runId, ImportPhase.Importing, tally.LinesRead, total));
            }
            return await EndAsync(ImportState.Finished, FinishedWords(tally));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return await StopAsync();
        }
        catch (BadFileException e)
        {
            var outcome = await EndAsync(ImportState.Failed, tally.IsEmpty ? $"Nothing was imported: {e.Message}" : $"Stopped: {e.Message}");
            return new FileRefused(tally.IsEmpty ? e.Message : outcome.Message);
        }
        catch (Exception e)
        {
            await EndAsync(ImportState.Failed, $"Stopped by a fault: {e.GetBaseException().Message} What was read is kept; import the same file again to complete it.");
            throw;
        }

        Task<ImportOutcome> StopAsync() => EndAsync(ImportState.Cancelled, StoppedWords(tally, total));

        async Task<ImportOutcome> EndAsync(ImportState state, string message)
        {
            await refused.CloseAsync(CancellationToken.None);
            var packed = await refused.PackAsync(CancellationToken.None);
            var stays = refused.Count > 0 && (KeepsList || packed is null);
            var outcome = new ImportOutcome(runId, state, total, tally, refused.Reasons, stays ? refused.Path : null, message);
            await runs.EndAsync(outcome, packed, CancellationToken.None);
            if (!stays) File.Delete(refused.Path);
            return outcome;
        }
    }

    // Somebody may edit a customer of the batch meanwhile: it is then written anew upon what they saved.
    private async Task<ImportTally?> WriteAsync(Guid runId, long total, List<OnlineRetailInvoice> invoices, OnlineRetailSurvey survey, ImportTally tally)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryWriteAsync(runId, total, invoices, survey, tally);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }

    // Once begun a batch is finished: the stop is honoured between batches.
    private async Task<ImportTally?> TryWriteAsync(Guid runId, long total, List<OnlineRetailInvoice> invoices, OnlineRetailSurvey survey, ImportTally tally)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.MassWrite = MassWrite;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var next = await batch.AddAsync(db, invoices, survey, tally, CancellationToken.None);
        if (!await ImportRuns.AdvanceAsync(db, runId, total, next, CancellationToken.None)) return null;
        await db.SaveChangesAsync();
        await write.CommitAsync(CancellationToken.None);
        return next;
    }

    private static OnlineRetailSurvey Check(OnlineRetailReader reader, Guid runId, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        var lines = 0;
        return OnlineRetailSurvey.Of(reader, () =>
        {
            if (++lines % LinesPerBatch == 0) progress.Report(new ImportProgress(runId, ImportPhase.Checking, reader.Position, reader.Length));
        }, ct);
    }

    // By lines of the file alone, so that a run after a stop meets the same batches.
    private IEnumerable<List<OnlineRetailInvoice>> InBatches(IEnumerable<OnlineRetailInvoice> invoices)
    {
        var (full, lines) = (new List<OnlineRetailInvoice>(), 0);
        foreach (var invoice in invoices)
        {
            full.Add(invoice);
            if ((lines += invoice.LineCount) < BatchLines) continue;
            yield return full;
            (full, lines) = ([], 0);
        }
        if (full.Count > 0) yield return full;
    }

    private static Result<FileStream> OpenFile(string path)
    {
        try
        {
            if (Directory.Exists(path)) return new FileRefused($"{path} is a folder, not a file.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileRefused($"there is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileRefused($"the file cannot be read: {e.Message}");
        }
    }

    private static string FinishedWords(ImportTally tally) => tally.IsEmpty
        ? "Nothing was new: everything in this file was here already."
        : FormattableString.Invariant($"{tally.Orders:N0} orders, {tally.Returns:N0} returns, {tally.Customers:N0} customers and {tally.Products:N0} products were added.");

    private static string StoppedWords(ImportTally tally, long total) => tally.LinesRead == 0
        ? "Stopped before anything was imported."
        : string.Create(CultureInfo.InvariantCulture, $"Stopped after {tally.LinesRead:N0} of {total:N0} lines. What was read is kept: {tally.Orders:N0} orders, {tally.Returns:N0} returns and {tally.Customers:N0} customers. Import the same file again to complete it.");
}
