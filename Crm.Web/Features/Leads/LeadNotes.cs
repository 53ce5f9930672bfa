using Crm.Data.Leads;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads;

/// <summary>What staff write down about a lead.</summary>
public sealed class LeadNotes(LeadWork work)
{
    /// <summary>Adds a note in Markdown, signed by whoever acts.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/>, or a complaint about the text.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, string? text, CancellationToken ct) => work.OnAsync<Guid>(leadId, (db, now) =>
    {
        var complaints = new Complaints();
        complaints.Require("Text", text, "Write something first.");
        complaints.Within("Text", text, LeadNote.TextLength);
        if (complaints.Error is { } complaint) return Task.FromResult<Result<Guid>>(complaint);

        var note = new LeadNote { LeadId = leadId, AuthorId = work.Me, CreatedAt = now };
        note.Write(text!, now);
        db.LeadNotes.Add(note);
        return Task.FromResult<Result<Guid>>(note.Id);
    }, ct);
}
