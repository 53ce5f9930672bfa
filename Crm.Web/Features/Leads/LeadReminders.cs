using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A reminder as its form holds it; day and hour are the shop's.</summary>
public sealed class LeadReminderEdit
{
    public string? Title { get; set; }
    public string? Description { get; set; }
    public DateOnly? On { get; set; }
    public TimeOnly? Time { get; set; }

    /// <summary>The instant itself, UTC, as programs say it, instead of day and hour.</summary>
    public DateTime? At { get; set; }

    public ReminderStatus Status { get; set; }

    /// <summary>Whose it is; nobody means whoever saves it.</summary>
    public Guid? UserId { get; set; }
}

/// <summary>What a program changes of a reminder; null leaves it as it is.</summary>
public sealed class LeadReminderPatch
{
    public string? Title { get; set; }

    /// <summary>Empty for none.</summary>
    public string? Description { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }
    public Guid? UserId { get; set; }
    public ReminderStatus? Status { get; set; }
}

/// <summary>Things to do about a lead at a time. One in the past is allowed: it is overdue at once.</summary>
public sealed class LeadReminders(LeadWork work, LeadForms forms, StaffDirectory staff, Shop shop)
{
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Plans a reminder; without an hour it is due at nine.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, LeadReminderEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        if (await ComplaintAsync(edit, null, ct) is { } complaint) return complaint;
        var reminder = new Reminder { LeadId = leadId, CreatedAt = now };
        reminder.Plan(edit.Title!, FormJoin.Text(edit.Description), edit.At ?? shop.ToUtc(edit.On!.Value.ToDateTime(edit.Time ?? Morning)), edit.UserId ?? work.Me, now);
        Set(reminder, edit.Status, now);
        db.Reminders.Add(reminder);
        return reminder.Id;
    }, ct);

    /// <summary>Changes what is given. At another time it waits again; a status that is given as well stands.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid leadId, Guid reminderId, LeadReminderPatch patch, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        var reminder = await db.Reminders.SingleOrDefaultAsync(r => r.Id == reminderId && r.LeadId == leadId, ct);
        if (reminder is null) return new LeadPartNotFound("reminder");
        var edit = new LeadReminderEdit
        {
            Title = patch.Title ?? reminder.Title,
            Description = patch.Description ?? reminder.Description,
            At = patch.At ?? reminder.DueAt,
            UserId = patch.UserId ?? reminder.UserId,
        };
        if (await ComplaintAsync(edit, reminder, ct) is { } complaint) return complaint;
        reminder.Plan(edit.Title, FormJoin.Text(edit.Description), edit.At.Value, edit.UserId, now);
        if (patch.Status is { } status) Set(reminder, status, now);
        return default(Done);
    }, ct);

    /// <summary>Takes it away; the audit trail keeps what it was.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid reminderId, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        if (await db.Reminders.SingleOrDefaultAsync(r => r.Id == reminderId && r.LeadId == leadId, ct) is not { } reminder) return new LeadPartNotFound("reminder");
        db.Reminders.Remove(reminder);
        return default(Done);
    }, ct);

    /// <summary>Marks it as done.</summary>
    public Task<Result<Done>> FinishAsync(Guid leadId, Guid reminderId, CancellationToken ct) =>
        DoAsync(leadId, reminderId, (reminder, now) => reminder.Finish(now), ct);

    /// <summary>Takes the tick away again.</summary>
    public Task<Result<Done>> ReopenAsync(Guid leadId, Guid reminderId, CancellationToken ct) =>
        DoAsync(leadId, reminderId, (reminder, now) => reminder.Reopen(now), ct);

    /// <param name="now">As it is stored already; null for a new one.</param>
    private async Task<Error?> ComplaintAsync(LeadReminderEdit edit, Reminder? now, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Title), edit.Title, "Say what is to be done.");
        complaints.Within(nameof(edit.Title), edit.Title, Reminder.TitleLength);
        complaints.Within(nameof(edit.Description), edit.Description, LeadLimits.ReminderText);
        var day = edit.At is { } at ? shop.DayOf(at) : edit.On;
        if (now is null || edit.At != now.DueAt) forms.CheckDay(complaints, nameof(edit.On), day);
        if (day is null) complaints.Add(nameof(edit.On), "Choose a day.");
        if (!Enum.IsDefined(edit.Status)) complaints.Add(nameof(edit.Status), "Choose pending, sent or cancelled.");
        if (edit.UserId != now?.UserId && edit.UserId is { } userId && (await staff.ReadAsync(ct)).Find(userId) is not { IsActive: true })
            complaints.Add(nameof(edit.UserId), "Choose somebody who works here.");
        return complaints.Error;
    }

    private static void Set(Reminder reminder, ReminderStatus status, DateTime now)
    {
        if (status is ReminderStatus.Pending && reminder.DoneAt is not null) reminder.Reopen(now);
        if (reminder.Status == status) return;
        if (status is ReminderStatus.Sent) reminder.MarkSent(now);
        else if (status is ReminderStatus.Cancelled) reminder.Cancel(now);
        else reminder.Snooze(reminder.DueAt, now);
    }

    private Task<Result<Done>> DoAsync(Guid leadId, Guid reminderId, Action<Reminder, DateTime> change, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        var reminder = await db.Reminders.SingleOrDefaultAsync(r => r.Id == reminderId && r.LeadId == leadId, ct);
        if (reminder is null) return new LeadPartNotFound("reminder");
        change(reminder, now);
        return default(Done);
    }, ct);
}
