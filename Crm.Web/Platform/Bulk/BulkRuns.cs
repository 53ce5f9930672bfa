using System.Globalization;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Bulk;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Bulk;

/// <summary>Starts, shows and stops changes to many rows; people see their own, managers all.</summary>
public sealed class BulkRuns(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, IEnumerable<IBulkKind> kinds, TimeProvider clock)
{
    private const int MostListed = 20;

    /// <summary>Starts a run over these rows; a worker takes it up at once, on this node or another.</summary>
    /// <param name="kind">The kind's name, a point, and what it does: leads.assign.</param>
    /// <returns>The run's id, which is also its change id, or why they may not.</returns>
    public async Task<Result<Guid>> StartAsync(string kind, string title, string what, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (Of(kinds, kind) is not { } known) return new BulkNotFound();
        if (known.Refusal(actor, what) is { } notThis) return notThis;
        if (ids.Count == 0) return new NothingChosen();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = new BulkRun
        {
            Kind = kind,
            Title = CleanText.Cut(title, BulkRun.TitleLength),
            Request = BulkRequest.Write(what, ids),
            StartedById = actor.UserId!.Value,
            StartedAt = clock.GetUtcNow().UtcDateTime,
            Total = ids.Count,
        };
        db.BulkRuns.Add(run);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }

    /// <summary>How a run stands.</summary>
    public async Task<Result<BulkRow>> FindAsync(Guid runId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await RowsAsync(db, Seen(db).Where(r => r.Id == runId), ct)).SingleOrDefault() is { } row ? row : new BulkNotFound();
    }

    /// <summary>One's own runs that are at work or ended within a day, newest first.</summary>
    public async Task<Result<IReadOnlyList<BulkRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (me, since) = (actor.UserId, clock.GetUtcNow().UtcDateTime.AddDays(-1));
        return Result.Of<IReadOnlyList<BulkRow>>(await RowsAsync(db, db.BulkRuns.Where(r => r.StartedById == me && r.StartedAt >= since), ct));
    }

    /// <summary>Stops a run after the batch that it is at; what was done stays, and can be undone.</summary>
    public async Task<Result<Done>> StopAsync(Guid runId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await Seen(db).AnyAsync(r => r.Id == runId, ct)) return new BulkNotFound();
        await using var write = await db.BeginWriteAsync(ct);
        var asked = await db.BulkRuns.Where(r => r.Id == runId && (r.State == BulkState.Waiting || r.State == BulkState.Running)).ExecuteUpdateAsync(set => set.SetProperty(r => r.StopAsked, true), ct);
        if (asked == 0) return new BulkEnded();
        db.MarkChanged(ChangeKinds.Bulk, runId);
        await write.CommitAsync(ct);
        return default(Done);
    }

    /// <summary>5,000 leads, 1 lead.</summary>
    public static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    internal static IBulkKind? Of(IEnumerable<IBulkKind> kinds, string kind) => kinds.SingleOrDefault(k => k.Name == kind.Split('.')[0]);

    internal static List<BulkRefusal> Refusals(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<BulkRefusal>>(json)!;

    private IQueryable<BulkRun> Seen(CrmDbContext db)
    {
        var (all, me) = (actor.IsManagement, actor.UserId);
        return db.BulkRuns.AsNoTracking().Where(r => all || r.StartedById == me);
    }

    private async Task<List<BulkRow>> RowsAsync(CrmDbContext db, IQueryable<BulkRun> runs, CancellationToken ct)
    {
        var me = actor.UserId;
        return await runs.OrderByDescending(r => r.Id).Take(MostListed).Select(r => new BulkRow(
            r.Id, r.Kind, r.Title, r.State, r.Total, r.Done, r.Refused, Refusals(r.Refusals), r.Message, r.StartedAt, r.EndedAt, r.StopAsked, r.StartedById == me,
            db.AuditEntries.Any(a => a.UndoOf == r.Id))).ToListAsync(ct);
    }
}
