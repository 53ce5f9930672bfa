using System.Buffers.Binary;
using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>
/// Imports a kept file as a bulk run, so that it goes on when the page is left and after a restart, no line twice, can be stopped, and is one
/// change that can be taken back. Its rows are lines: the last four bytes of a row's id say which.
/// </summary>
sealed class IntakeBulkKind(CurrentActor actor, IntakeFiles files, IntakeRules rules, LeadForms forms, Shop shop, IFileStore store) : IBulkKind
{
    public const string Prefix = "intake";

    private const int NumberAt = 12;

    public string Name => Prefix;

    /// <summary>The file of the lines that one batch of a run left out.</summary>
    public static string LeftOutName(Guid runId) => $"left out of {runId}";

    /// <summary>A row for each line of a file.</summary>
    public static Guid[] Rows(Guid fileId, int lines)
    {
        var bytes = fileId.ToByteArray();
        return [.. Enumerable.Range(1, lines).Select(at =>
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(NumberAt), at);
            return new Guid(bytes);
        })];
    }

    public Error? Refusal(CurrentActor who, string what) => who.UnlessMay(Permission.ImportData);

    public async Task<IReadOnlyList<BulkRefusal>> DoAsync(CrmDbContext db, BulkBatch batch, CancellationToken ct)
    {
        var order = IntakeOrder.Read(batch.What).By(actor);
        if (await files.ContentsAsync(order.FileId, ct) is not { } contents) return [.. batch.Ids.Select(id => new BulkRefusal(id, "A line", new IntakeFileNotFound().Message))];
        var lines = new List<IntakeLine>();
        await foreach (var record in files.LinesAsync(contents, NumberOf(batch.Ids[0]), NumberOf(batch.Ids[^1]), ct)) lines.Add(await rules.ReadAsync(record, order, ct));

        await LeadRanks.LockAsync(db, ct);
        var known = new IntakeKnown(actor, forms);
        if (order.Known is not IntakeKnownRule.Add) await known.LookAsync(db, lines, ct);
        var writer = new IntakeWriter(forms, actor, shop);
        var refused = new List<(IntakeLine Line, string Why)>();
        foreach (var line in lines)
        {
            if (!line.IsGood) refused.Add((line, line.Complaint));
            else if (order.Known is IntakeKnownRule.Add || known.Find(line) is not { } one) known.Add(line, await writer.AddAsync(db, line, ct));
            else if (order.Known is IntakeKnownRule.Skip) refused.Add((line, one.Said));
            else if (await FillAsync(db, writer, one, line, ct) is { } why) refused.Add((line, why));
        }
        if (refused.Count > 0) store.AddOwn(db, LeftOutName(batch.RunId), IntakePacking.Pack(refused.Select(r => Cells(r.Line, r.Why))));
        var rows = batch.Ids.ToDictionary(NumberOf);
        return [.. refused.Select(r => new BulkRefusal(rows[r.Line.Record.At], $"Line {r.Line.Record.Line:N0}{(r.Line.Edit.Name is { } name ? $", {CleanText.Cut(name, 80)}:" : ":")}", r.Why)),
            .. rows.Where(row => !lines.Exists(l => l.Record.At == row.Key)).Select(row => new BulkRefusal(row.Value, "A line", new IntakeFileNotFound().Message))];
    }

    private static async Task<string?> FillAsync(CrmDbContext db, IntakeWriter writer, KnownOne one, IntakeLine line, CancellationToken ct)
    {
        if (one is not { IsInSight: true, LeadId: { } leadId }) return one.Said;
        var lead = db.Leads.Local.FirstOrDefault(l => l.Id == leadId) ?? await db.Leads.Include(l => l.Contacts).Include(l => l.Tags).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        return lead is not null && writer.Fill(db, lead, line) ? null : $"{one.Said} Nothing was missing.";
    }

    private static IReadOnlyList<string> Cells(IntakeLine line, string why) =>
        [line.Record.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), why, .. line.Record.Cells.Select(FormulaGuard.Defuse)];

    private static int NumberOf(Guid row)
    {
        Span<byte> bytes = stackalloc byte[16];
        row.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[NumberAt..]);
    }
}
