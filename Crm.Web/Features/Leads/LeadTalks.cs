using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A call, mail, message or meeting as its form holds it; day and hour are the shop's, none is now.</summary>
public sealed class LeadTalkEdit
{
    public CorrespondenceKind Kind { get; set; } = CorrespondenceKind.Phone;
    public CorrespondenceDirection Direction { get; set; }
    public Guid? ContactId { get; set; }
    public string? Subject { get; set; }
    public string? Description { get; set; }
    public string? Outcome { get; set; }
    public DateOnly? On { get; set; }
    public TimeOnly? Time { get; set; }

    /// <summary>The instant itself, UTC, as programs say it, instead of day and hour.</summary>
    public DateTime? At { get; set; }
}

/// <summary>What a program changes of a talk; null leaves it as it is.</summary>
public sealed class LeadTalkPatch
{
    public CorrespondenceKind? Kind { get; set; }
    public Guid? ContactId { get; set; }
    public string? Subject { get; set; }
    public string? Description { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }
}

/// <summary>Logs how the shop and a lead's people spoke.</summary>
public sealed class LeadTalks(LeadWork work, Shop shop)
{
    /// <summary>Logs one talk. It happened now or earlier, never later.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> LogAsync(Guid leadId, LeadTalkEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        var at = edit.At ?? (edit.On is { } day ? shop.ToUtc(day.ToDateTime(edit.Time ?? TimeOnly.FromDateTime(shop.ToLocal(now)))) : now);
        if (await ComplaintAsync(db, leadId, edit, at, now, ct) is { } complaint) return complaint;

        var talk = new Correspondence
        {
            LeadId = leadId,
            ContactId = edit.ContactId,
            Kind = edit.Kind,
            Direction = edit.Direction,
            Subject = edit.Subject!.Trim(),
            Description = FormJoin.Text(edit.Description) ?? "",
            Outcome = FormJoin.Text(edit.Outcome),
            HappenedAt = at,
            LoggedById = work.Me,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Correspondence.Add(talk);
        return talk.Id;
    }, ct);

    /// <summary>Changes what is given; who logged it stays.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid leadId, Guid talkId, LeadTalkPatch patch, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        if (await db.Correspondence.SingleOrDefaultAsync(c => c.Id == talkId && c.LeadId == leadId, ct) is not { } talk) return new LeadPartNotFound("correspondence");
        var edit = new LeadTalkEdit
        {
            Kind = patch.Kind ?? talk.Kind,
            Direction = talk.Direction,
            ContactId = patch.ContactId ?? talk.ContactId,
            Subject = patch.Subject ?? talk.Subject,
            Description = patch.Description ?? talk.Description,
            Outcome = talk.Outcome,
        };
        var at = patch.At ?? talk.HappenedAt;
        if (await ComplaintAsync(db, leadId, edit, at, now, ct) is { } complaint) return complaint;
        (talk.Kind, talk.ContactId, talk.Subject, talk.Description, talk.HappenedAt) = (edit.Kind, edit.ContactId, edit.Subject.Trim(), FormJoin.Text(edit.Description) ?? "", at);
        talk.UpdatedAt = now;
        return default(Done);
    }, ct);

    /// <summary>Takes it away; the audit trail keeps what was said.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid talkId, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await db.Correspondence.SingleOrDefaultAsync(c => c.Id == talkId && c.LeadId == leadId, ct) is not { } talk) return new LeadPartNotFound("correspondence");
        db.Correspondence.Remove(talk);
        return default(Done);
    }, ct);

    private static async Task<Error?> ComplaintAsync(CrmDbContext db, Guid leadId, LeadTalkEdit edit, DateTime at, DateTime now, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Subject), edit.Subject, "Say what it was about.");
        complaints.Within(nameof(edit.Subject), edit.Subject, Correspondence.SubjectLength);
        complaints.Within(nameof(edit.Description), edit.Description, LeadLimits.TalkText);
        complaints.Within(nameof(edit.Outcome), edit.Outcome, LeadLimits.TalkOutcome);
        if (!Enum.IsDefined(edit.Kind)) complaints.Add(nameof(edit.Kind), "Choose how you spoke.");
        if (!Enum.IsDefined(edit.Direction)) complaints.Add(nameof(edit.Direction), "Choose who began.");
        if (at > now) complaints.Add(nameof(edit.On), "This is still to come. Plan a reminder instead.");
        if (edit.ContactId is { } contactId && !await db.LeadContacts.AnyAsync(c => c.Id == contactId && c.LeadId == leadId, ct))
            complaints.Add(nameof(edit.ContactId), "Choose one of this lead's contacts.");
        return complaints.Error;
    }
}
