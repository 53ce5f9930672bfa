using System.Text;
using Crm.Data;
using Crm.Data.Bulk;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>An import as the list of them shows it.</summary>
/// <param name="StartedBy">Who is gone has no name here.</param>
/// <param name="HasList">Whether the lines left out can be downloaded.</param>
public sealed record IntakeRunRow(Guid Id, string Title, string? StartedBy, DateTime StartedAt, BulkState State, int Total, int Done, int Refused, bool HasList);

/// <summary>Brings leads here from other programs' files: read one, see what it would come to, start, and fetch what was left out. For whoever may read files in.</summary>
public sealed class LeadIntake(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, IntakeFiles files, IntakeRules rules, LeadForms forms, StaffDirectory staff, BulkRuns runs, IFileStore store)
{
    private const int Shown = 6;
    private const int CheckedTogether = 500;
    private const int MostShown = 20;
    private const int MostListed = 20;

    /// <summary>Keeps a file, to be looked at before anything is imported.</summary>
    /// <param name="arrived">Told the bytes that have arrived.</param>
    /// <returns>The kept file's id, or <see cref="IntakeFileRefused"/>.</returns>
    public async Task<Result<Guid>> UploadAsync(Stream upload, string name, IProgress<long> arrived, CancellationToken ct) =>
        actor.UnlessMay(Permission.ImportData) is { } refusal ? refusal : await files.KeepAsync(upload, name, arrived, ct);

    /// <summary>A kept file, with what its columns are taken for.</summary>
    /// <returns>The file, or <see cref="IntakeFileNotFound"/>; nobody sees a file that somebody else brought.</returns>
    public async Task<Result<IntakeFile>> FindAsync(Guid fileId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        if (await files.ContentsAsync(fileId, ct) is not { } contents) return new IntakeFileNotFound();
        var first = await files.LinesAsync(contents, 1, Shown, ct).ToListAsync(ct);
        return new IntakeFile(fileId, contents.Name, contents.Format, contents.Encoding, contents.Separator, contents.Lines, contents.Columns, first);
    }

    /// <summary>Goes through the whole file and counts what it would come to; nothing is written.</summary>
    /// <param name="looked">Told how many lines were looked at.</param>
    public async Task<Result<IntakeCheck>> CheckAsync(IntakeOrder order, IProgress<int> looked, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        if (!IntakeRules.NamesSomebody(order.Fields)) return new IntakeNamesNobody();
        if (await files.ContentsAsync(order.FileId, ct) is not { } contents) return new IntakeFileNotFound();
        var (counts, some, seen, toFill) = (new int[Enum.GetValues<IntakeFate>().Length], new List<IntakeVerdict>(), new IntakeKnown(actor, forms), 0);
        for (var from = 1; from <= contents.Lines; from += CheckedTogether)
        {
            var lines = new List<IntakeLine>();
            await foreach (var record in files.LinesAsync(contents, from, from + CheckedTogether - 1, ct)) lines.Add(await rules.ReadAsync(record, order, ct));
            await using (var db = await contexts.CreateDbContextAsync(ct)) await seen.LookAsync(db, lines, ct);
            foreach (var line in lines)
            {
                ct.ThrowIfCancellationRequested();
                var (verdict, one) = Judge(seen, line);
                if (one is { IsInSight: true, LeadId: not null }) toFill++;
                if (++counts[(int)verdict.Fate] <= MostShown) some.Add(verdict);
            }
            looked.Report(Math.Min(from + CheckedTogether - 1, contents.Lines));
            await Task.Yield(); // the screen is drawn in between
        }
        return new IntakeCheck(contents.Lines, counts[(int)IntakeFate.New], counts[(int)IntakeFate.Known], toFill, counts[(int)IntakeFate.Wrong], some);
    }

    /// <summary>Starts the import; progress, stop and result are the run's, and one undo takes all of it back.</summary>
    /// <returns>The run's id, or <see cref="IntakeNamesNobody"/>, <see cref="IntakeFileNotFound"/>, a complaint about agent, tag or source.</returns>
    public async Task<Result<Guid>> StartAsync(IntakeOrder order, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        if (await files.ContentsAsync(order.FileId, ct) is not { } contents) return new IntakeFileNotFound();
        if (order.Fields.Count != contents.Columns.Count || !IntakeRules.NamesSomebody(order.Fields)) return new IntakeNamesNobody();
        if (await ComplaintAsync(order, ct) is { } complaint) return complaint;
        var own = order.By(actor);
        return await runs.StartAsync($"{IntakeBulkKind.Prefix}.{own.Known.ToString().ToLowerInvariant()}", $"Import {contents.Name}", own.Write(), IntakeBulkKind.Rows(order.FileId, contents.Lines), ct);
    }

    /// <summary>The imports so far, newest first: one's own, and everybody's for managers who see all leads and customers.</summary>
    public async Task<Result<IReadOnlyList<IntakeRunRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Seen(db).OrderByDescending(r => r.Id).Take(MostListed)
            .Select(r => new { r.Id, r.Title, r.StartedById, r.StartedAt, r.State, r.Total, r.Done, r.Refused }).ToListAsync(ct);
        var (names, since) = (rows.Where(r => r.Refused > 0).Select(r => IntakeBulkKind.LeftOutName(r.Id)).ToList(), rows.Count > 0 ? rows.Min(r => r.StartedAt) : default);
        List<string> lists = names.Count == 0 ? [] : await db.StoredFiles.Where(f => f.CreatedAt >= since && names.Contains(f.Name)).Select(f => f.Name).Distinct().ToListAsync(ct);
        var roster = await staff.ReadAsync(ct);
        return Result.Of<IReadOnlyList<IntakeRunRow>>(rows.ConvertAll(r => new IntakeRunRow(r.Id, r.Title, roster.NameOf(r.StartedById), r.StartedAt, r.State, r.Total, r.Done, r.Refused, lists.Contains(IntakeBulkKind.LeftOutName(r.Id)))));
    }

    /// <summary>The lines that a run left out, each with its reason, ready to be put right and imported again: a CSV, piece by piece.</summary>
    /// <returns>Pieces of the file, or <see cref="BulkNotFound"/> (also for a run that is not theirs to see), <see cref="IntakeListNotFound"/>.</returns>
    public async Task<Result<IAsyncEnumerable<byte[]>>> LeftOutAsync(Guid runId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ImportData) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Seen(db).Where(r => r.Id == runId).Select(r => new { r.Request, r.StartedAt }).SingleOrDefaultAsync(ct) is not { } run) return new BulkNotFound();
        var name = IntakeBulkKind.LeftOutName(runId);
        var parts = await db.StoredFiles.AsNoTracking().Where(f => f.CreatedAt >= run.StartedAt && f.Name == name).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).Select(f => f.Id).ToListAsync(ct);
        if (parts.Count == 0) return new IntakeListNotFound();
        var order = IntakeOrder.Read(BulkRequest.Read(run.Request).What);
        var head = await files.ContentsAsync(order.FileId, ct) is { } contents ? contents.Columns.Select(c => c.Header) : order.Fields.Select((_, at) => $"Column {at + 1}");
        return Result.Of(PiecesAsync(["Line", "Left out because", .. head.Select(FormulaGuard.Defuse)], parts, ct));
    }

    private async IAsyncEnumerable<byte[]> PiecesAsync(string[] head, List<Guid> parts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var first = new MemoryStream();
        first.Write(Encoding.UTF8.Preamble);
        IntakePacking.Write(first, [head]);
        yield return first.ToArray();
        foreach (var part in parts)
            if (await store.OpenAsync(part, ct) is { } kept) yield return IntakePacking.Unpack(kept.Bytes);
    }

    // A list of what others left out names their leads and the customers who are here: it is for whoever sees both.
    private IQueryable<BulkRun> Seen(CrmDbContext db)
    {
        var (all, me) = (actor.IsManagement && actor.May(Permission.SeeAllLeads) && actor.May(Permission.SeeCustomers), actor.UserId);
        return db.BulkRuns.AsNoTracking().Where(r => r.Kind.StartsWith(IntakeBulkKind.Prefix + ".") && (all || r.StartedById == me));
    }

    private static (IntakeVerdict Verdict, KnownOne? One) Judge(IntakeKnown seen, IntakeLine line)
    {
        if (!line.IsGood) return (new IntakeVerdict(line, IntakeFate.Wrong, line.Complaint), null);
        if (seen.Find(line) is { } one) return (new IntakeVerdict(line, IntakeFate.Known, one.Said), one);
        seen.Add(line, null);
        return (new IntakeVerdict(line, IntakeFate.New, null), null);
    }

    private async Task<Error?> ComplaintAsync(IntakeOrder order, CancellationToken ct)
    {
        var complaints = new Complaints();
        if (order.OwnerId is { } owner && (await staff.ReadAsync(ct)).Find(owner) is not { IsActive: true }) complaints.Add(nameof(order.OwnerId), "Choose somebody who works here.");
        if (LeadTags.Tidy(order.Tag) is { } tag && LeadTags.TooLong(tag) is { } tooLong) complaints.Add(nameof(order.Tag), tooLong);
        complaints.Within(nameof(order.Source), order.Source, Crm.Data.Leads.Lead.SourceLength);
        return complaints.Error;
    }
}
