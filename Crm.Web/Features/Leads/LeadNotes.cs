using Crm.Data.Leads;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>What staff write down about a lead.</summary>
public sealed class LeadNotes(LeadWork work)
{
    /// <summary>Adds a note in Markdown, signed by whoever acts.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/>, or a complaint about the text.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, string? text, CancellationToken ct) => work.OnAsync<Guid>(leadId, (db, now) =>
    {
        if (Complaint(text) is { } complaint) return Task.FromResult<Result<Guid>>(complaint);

        var note = new LeadNote { LeadId = leadId, AuthorId = work.Me, CreatedAt = now };
        note.Write(text!, now);
        db.LeadNotes.Add(note);
        return Task.FromResult<Result<Guid>>(note.Id);
    }, ct);

    /// <summary>Changes what a note says; who wrote it first stays its author.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, or a complaint about the text.</returns>
    public Task<Result<Done>> EditAsync(Guid leadId, Guid noteId, string? text, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        if (Complaint(text) is { } complaint) return complaint;
        if (await db.LeadNotes.SingleOrDefaultAsync(n => n.Id == noteId && n.LeadId == leadId, ct) is not { } note) return new LeadPartNotFound("note");
        note.Write(text!, now);
        return default(Done);
    }, ct);

    /// <summary>Takes a note away; the audit trail keeps what it said.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid noteId, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await db.LeadNotes.SingleOrDefaultAsync(n => n.Id == noteId && n.LeadId == leadId, ct) is not { } note) return new LeadPartNotFound("note");
        db.LeadNotes.Remove(note);
        return default(Done);
    }, ct);

    private static Error? Complaint(string? text)
    {
        var complaints = new Complaints();
        complaints.Require("Text", text, "Write something first.");
        complaints.Within("Text", text, LeadNote.TextLength);
        return complaints.Error;
    }
}
