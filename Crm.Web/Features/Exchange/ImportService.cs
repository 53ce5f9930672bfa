using System.IO.Compression;
using System.Text.Json;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Exchange;

/// <summary>Imports: start one, stop it, look at what came of it; only for whoever may read files in.</summary>
public sealed class ImportService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, ImportUploads uploads, ImportWorker worker, ImportRuns runs)
{
    /// <summary>Imports on one page of the list.</summary>
    public const int PageSize = 20;

    /// <summary>Keeps the file and starts reading it in; that goes on when the page is left.</summary>
    /// <param name="fileName">As the owner's machine calls it.</param>
    /// <param name="uploaded">Told the bytes that have arrived.</param>
    /// <returns>The run's id, or <see cref="FileRefused"/>, <see cref="ImportRunning"/>.</returns>
    public async Task<Result<Guid>> StartAsync(Stream upload, string fileName, IProgress<long> uploaded, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        if (await runs.IsBusyAsync(ct)) return new ImportRunning();
        if ((await uploads.KeepAsync(upload, uploaded, ct)).Failed(out var tooLarge, out var path)) return tooLarge;
        var job = new ImportJob(path, Path.GetFileName(fileName), actor.UserId, actor.Name);
        if (worker.TryTake(job)) return await job.BegunAsync(ct);
        File.Delete(path);
        return new ImportRunning();
    }

    /// <summary>Stops an import after the batch that it is at; what was read is kept.</summary>
    public async Task<Result<Done>> StopAsync(Guid runId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        return await runs.AskToStopAsync(runId, ct) ? new Done() : new ImportNotRunning();
    }

    /// <summary>The imports, newest first.</summary>
    /// <param name="before">The last id of the page before.</param>
    public async Task<Result<Page<ImportRow>>> ListAsync(Guid? before, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Page<ImportRow>.Of(await Rows(db, before).ToListAsync(ct), PageSize);
    }

    /// <summary>The lines that an import left out, as a CSV that the caller disposes of.</summary>
    public async Task<Result<Stream>> RefusedLinesAsync(Guid runId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var packed = await db.ImportRuns.AsNoTracking().Where(r => r.Id == runId).Select(r => r.RefusedCsv).SingleOrDefaultAsync(ct);
        if (packed is null) return new ImportNotFound();
        return new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
    }

    internal static IQueryable<ImportRow> Rows(CrmDbContext db, Guid? before) =>
        from run in db.ImportRuns.AsNoTracking().Where(r => before == null || r.Id < before).OrderByDescending(r => r.Id).Take(PageSize + 1)
        join user in db.Users on run.StartedById equals user.Id into users
        from user in users.DefaultIfEmpty()
        orderby run.Id descending
        select new ImportRow(
            run.Id, run.FileName, user == null ? null : user.FirstName + " " + user.LastName, run.StartedAt, run.EndedAt, run.State, run.Message,
            run.LinesTotal, run.LinesRead, run.LinesRefused, run.Customers, run.Products, run.Orders, run.Returns, Reasons(run.Reasons), run.RefusedCsv != null);

    private static IReadOnlyDictionary<string, long> Reasons(string? json) =>
        json is null ? new Dictionary<string, long>() : JsonSerializer.Deserialize<Dictionary<string, long>>(json)!;
}
