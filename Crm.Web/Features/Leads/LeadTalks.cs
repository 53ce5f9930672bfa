using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Talks;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Logs how the shop and a lead's people spoke, with what was sent along.</summary>
public sealed class LeadTalks(LeadWork work, TalkFiles files, OwnClock clock, CurrentActor actor, IDbContextFactory<CrmDbContext> contexts)
{
    /// <summary>Logs one talk with its files. It happened now or earlier, never later.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> LogAsync(Guid leadId, LeadTalkEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        var at = AtOf(edit, now);
        if (await ComplaintAsync(db, leadId, edit, at, now, ct) is { } complaint) return complaint;

        var talk = new Correspondence { LeadId = leadId, Subject = "", HappenedAt = at, LoggedById = work.Me, CreatedAt = now };
        Fill(talk, edit, at, now);
        db.Correspondence.Add(talk);
        if (await files.ChangeAsync(db, talk, edit, ct) is { } refusal) return refusal;
        return talk.Id;
    }, ct);

    /// <summary>The form of a talk and its files.</summary>
    public async Task<Result<LeadTalkForm>> OpenAsync(Guid leadId, Guid talkId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct)) return new LeadNotFound();
        if (await db.Correspondence.AsNoTracking().SingleOrDefaultAsync(c => c.Id == talkId && c.LeadId == leadId, ct) is not { } talk) return new LeadPartNotFound("talk");
        return new LeadTalkForm(Of(talk), (await TalkFiles.OfAsync(db, [talkId], ct)).GetValueOrDefault(talkId) ?? []);
    }

    /// <summary>Saves what was changed since the form was opened, joined with what others changed in other fields; all of it, or nothing.</summary>
    /// <returns>Done, or <see cref="LeadPartNotFound"/>, <see cref="TalkChangedMeanwhile"/>, every field's complaint.</returns>
    public Task<Result<Done>> EditAsync(Guid leadId, Guid talkId, LeadTalkEdit original, LeadTalkEdit edit, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        if (await FindAsync(db, leadId, talkId, ct) is not { } talk) return new LeadPartNotFound("talk");
        var (stored, mine) = (Of(talk), edit.Copy());
        if (FormJoin.Into(LeadTalkEdit.Fields, original, mine, stored) is { Count: > 0 } clashes)
        {
            var last = await LeadWork.LastChangeAsync(db, nameof(Correspondence), talkId, ct);
            return new TalkChangedMeanwhile(last.Who, last.At, clashes, stored);
        }
        // seconds that no form shows stay as long as nobody changes day or hour
        if ((mine.On, mine.Time) == (stored.On, stored.Time)) mine.At = talk.HappenedAt;
        var at = AtOf(mine, now);
        if (await ComplaintAsync(db, leadId, mine, at, now, ct) is { } complaint) return complaint;
        Fill(talk, mine, at, now);
        if (await files.ChangeAsync(db, talk, mine, ct) is { } refusal) return refusal;
        return default(Done);
    }, ct);

    /// <summary>Changes what is given; who logged it stays.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid leadId, Guid talkId, LeadTalkPatch patch, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        if (await FindAsync(db, leadId, talkId, ct) is not { } talk) return new LeadPartNotFound("correspondence");
        var edit = Of(talk);
        (edit.Kind, edit.ContactId) = (patch.Kind ?? edit.Kind, patch.ContactId ?? edit.ContactId);
        (edit.Subject, edit.Description) = (patch.Subject ?? edit.Subject, patch.Description ?? edit.Description);
        var at = patch.At ?? talk.HappenedAt;
        edit.At = at;
        if (await ComplaintAsync(db, leadId, edit, at, now, ct) is { } complaint) return complaint;
        Fill(talk, edit, at, now);
        return default(Done);
    }, ct);

    /// <summary>Takes it away with its files' places, in one change; the audit trail keeps what was said.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid talkId, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await FindAsync(db, leadId, talkId, ct) is not { } talk) return new LeadPartNotFound("correspondence");
        db.CorrespondenceFiles.RemoveRange(await db.CorrespondenceFiles.Where(f => f.CorrespondenceId == talkId).ToListAsync(ct));
        db.Correspondence.Remove(talk);
        return default(Done);
    }, ct);

    private static Task<Correspondence?> FindAsync(CrmDbContext db, Guid leadId, Guid talkId, CancellationToken ct) =>
        db.Correspondence.SingleOrDefaultAsync(c => c.Id == talkId && c.LeadId == leadId, ct);

    private DateTime AtOf(LeadTalkEdit edit, DateTime now) =>
        edit.At ?? (edit.On is { } day ? clock.ToUtc(day.ToDateTime(edit.Time ?? TimeOnly.FromDateTime(clock.ToLocal(now)))) : now);

    private static void Fill(Correspondence talk, LeadTalkEdit edit, DateTime at, DateTime now)
    {
        (talk.Kind, talk.Direction, talk.ContactId, talk.HappenedAt) = (edit.Kind, edit.Direction, edit.ContactId, at);
        (talk.Subject, talk.Description, talk.Outcome, talk.UpdatedAt) = (edit.Subject!.Trim(), FormJoin.Text(edit.Description) ?? "", FormJoin.Text(edit.Outcome), now);
    }

    private LeadTalkEdit Of(Correspondence talk) => new()
    {
        Kind = talk.Kind,
        Direction = talk.Direction,
        ContactId = talk.ContactId,
        Subject = talk.Subject,
        Description = talk.Description,
        Outcome = talk.Outcome,
        On = clock.DayOf(talk.HappenedAt),
        Time = new TimeOnly(clock.ToLocal(talk.HappenedAt).Hour, clock.ToLocal(talk.HappenedAt).Minute),
    };

    private static async Task<Error?> ComplaintAsync(CrmDbContext db, Guid leadId, LeadTalkEdit edit, DateTime at, DateTime now, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Subject), edit.Subject, "Say what it was about.");
        complaints.Within(nameof(edit.Subject), edit.Subject, Correspondence.SubjectLength);
        complaints.Within(nameof(edit.Description), edit.Description, LeadLimits.TalkText);
        complaints.Within(nameof(edit.Outcome), edit.Outcome, LeadLimits.TalkOutcome);
        if (!Enum.IsDefined(edit.Kind)) complaints.Add(nameof(edit.Kind), "Choose how you spoke.");
        if (!Enum.IsDefined(edit.Direction)) complaints.Add(nameof(edit.Direction), "Choose who began.");
        if (at > now && edit.At is null) complaints.Add(nameof(edit.On), "This is still to come. Plan a reminder instead.");
        if (edit.ContactId is { } contactId && !await db.LeadContacts.AnyAsync(c => c.Id == contactId && c.LeadId == leadId, ct))
            complaints.Add(nameof(edit.ContactId), "Choose one of this lead's contacts.");
        return complaints.Error;
    }
}
