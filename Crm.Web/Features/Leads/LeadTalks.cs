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
}

/// <summary>Logs how the shop and a lead's people spoke.</summary>
public sealed class LeadTalks(LeadWork work, Shop shop)
{
    /// <summary>Logs one talk. It happened now or earlier, never later.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> LogAsync(Guid leadId, LeadTalkEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        var at = edit.On is { } day ? shop.ToUtc(day.ToDateTime(edit.Time ?? TimeOnly.FromDateTime(shop.ToLocal(now)))) : now;
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
        if (complaints.Error is { } complaint) return complaint;

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
}
