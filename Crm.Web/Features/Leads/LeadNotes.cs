using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Notes;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>What staff write down about a lead; whoever is named in it is told.</summary>
public sealed class LeadNotes(LeadWork work, NoteMentions mentions)
{
    /// <summary>Adds a note in Markdown, signed by whoever acts.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/>, or a complaint about the text.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, string? text, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        if (Complaint(text) is { } complaint) return complaint;

        var note = new LeadNote { LeadId = leadId, AuthorId = work.Me, CreatedAt = now };
        note.Write(text!, now);
        db.LeadNotes.Add(note);
        await mentions.TellAsync(db, note, "", now, ct);
        return note.Id;
    }, ct);

    /// <summary>Changes what a note says; who wrote it first stays its author.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, or a complaint about the text.</returns>
    public Task<Result<Done>> EditAsync(Guid leadId, Guid noteId, string? text, CancellationToken ct) => WriteAsync(leadId, noteId, null, text, ct);

    /// <summary>The same, unless somebody else changed it since it was opened.</summary>
    /// <param name="original">What it said when it was opened.</param>
    /// <returns>Done, or <see cref="NoteChangedMeanwhile"/> and the refusals of <see cref="EditAsync"/>.</returns>
    public Task<Result<Done>> ReviseAsync(Guid leadId, Guid noteId, string original, string? text, CancellationToken ct) => WriteAsync(leadId, noteId, original, text, ct);

    /// <summary>Puts a note on top of the timeline, or back to its place.</summary>
    public Task<Result<Done>> PinAsync(Guid leadId, Guid noteId, bool pinned, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await FindAsync(db, leadId, noteId, ct) is not { } note) return new LeadPartNotFound("note");
        note.Pin(pinned);
        return default(Done);
    }, ct);

    /// <summary>Takes a note away; the audit trail keeps what it said.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid noteId, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await FindAsync(db, leadId, noteId, ct) is not { } note) return new LeadPartNotFound("note");
        db.LeadNotes.Remove(note);
        return default(Done);
    }, ct);

    private Task<Result<Done>> WriteAsync(Guid leadId, Guid noteId, string? original, string? text, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        if (Complaint(text) is { } complaint) return complaint;
        if (await FindAsync(db, leadId, noteId, ct) is not { } note) return new LeadPartNotFound("note");
        var before = note.Text;
        if (original is not null && FormJoin.Text(original) != before && FormJoin.Text(text) != before)
        {
            var last = await LeadWork.LastChangeAsync(db, nameof(LeadNote), noteId, ct);
            return new NoteChangedMeanwhile(last.Who, last.At, before);
        }
        if (before == FormJoin.Text(text)) return default(Done);
        note.Write(text!, now);
        await mentions.TellAsync(db, note, before, now, ct);
        return default(Done);
    }, ct);

    private static Task<LeadNote?> FindAsync(CrmDbContext db, Guid leadId, Guid noteId, CancellationToken ct) =>
        db.LeadNotes.SingleOrDefaultAsync(n => n.Id == noteId && n.LeadId == leadId, ct);

    private static Error? Complaint(string? text)
    {
        var complaints = new Complaints();
        complaints.Require("Text", text, "Write something first.");
        complaints.Within("Text", text, LeadNote.TextLength);
        return complaints.Error;
    }
}
