using System.Text.Json;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Notes;

/// <summary>What a note said from some time on, and what that changed.</summary>
/// <param name="At">UTC.</param>
/// <param name="Changes">Against the version before; all of it is new in the first.</param>
public sealed record NoteVersion(DateTime At, string Who, string Text, IReadOnlyList<DiffPart> Changes);

/// <summary>Reads the versions of a note from the audit trail.</summary>
public sealed class NoteHistory(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff)
{
    private const int Most = 100;

    /// <summary>Newest first, at most 100.</summary>
    /// <returns>The versions, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>.</returns>
    public async Task<Result<IReadOnlyList<NoteVersion>>> ReadAsync(Guid leadId, Guid noteId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct)) return new LeadNotFound();
        var note = await db.LeadNotes.AsNoTracking().Where(n => n.Id == noteId && n.LeadId == leadId).Select(n => new { n.Text, n.CreatedAt, n.AuthorId }).SingleOrDefaultAsync(ct);
        if (note is null) return new LeadPartNotFound("note");

        var rows = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(LeadNote) && a.EntityId == noteId)
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(Most).Select(a => new { a.At, a.ActorName, a.Before, a.After }).ToListAsync(ct);
        var texts = rows.Select(r => (r.At, r.ActorName, Before: TextOf(r.Before), After: TextOf(r.After))).Where(r => r.After is not null).Reverse().ToList();
        var author = note.AuthorId is { } id ? (await staff.ReadAsync(ct)).NameOf(id) : "The shop";
        var versions = new List<NoteVersion>();
        // what was written before the trail began: by the author, when the note was made
        if (texts.Count == 0) versions.Add(new NoteVersion(note.CreatedAt, author, note.Text, [new(DiffKind.Same, note.Text)]));
        else if (texts[0].Before is { } first) versions.Add(new NoteVersion(note.CreatedAt, author, first, [new(DiffKind.Same, first)]));
        foreach (var (at, who, _, after) in texts)
            versions.Add(new NoteVersion(at, who, after!, versions.Count == 0 ? [new(DiffKind.Same, after!)] : TextDiff.Of(versions[^1].Text, after!)));
        versions.Reverse();
        return Result.Of<IReadOnlyList<NoteVersion>>(versions);
    }

    private static string? TextOf(string? values)
    {
        if (values is null) return null;
        using var json = JsonDocument.Parse(values);
        return json.RootElement.TryGetProperty(nameof(LeadNote.Text), out var text) ? text.GetString() : null;
    }
}
