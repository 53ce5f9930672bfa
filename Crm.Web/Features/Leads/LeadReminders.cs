using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A reminder as its form holds it; day and hour are on the clock of whoever writes it.</summary>
public sealed class LeadReminderEdit
{
    public string? Title { get; set; }
    public string? Description { get; set; }
    public DateOnly? On { get; set; }
    public TimeOnly? Time { get; set; }
    public ReminderRepeat Repeat { get; set; }

    /// <summary>The instant itself, UTC, as programs say it, instead of day and hour.</summary>
    public DateTime? At { get; set; }

    public ReminderStatus Status { get; set; }

    /// <summary>Whose it is; nobody means whoever saves it.</summary>
    public Guid? UserId { get; set; }

    public LeadReminderEdit Copy() => (LeadReminderEdit)MemberwiseClone();

    /// <summary>Whether anything is written differently.</summary>
    public bool Differs(LeadReminderEdit other) => Values(this) != Values(other);

    private static (string?, string?, DateOnly?, TimeOnly?, ReminderRepeat, Guid?) Values(LeadReminderEdit e) => (FormJoin.Text(e.Title), FormJoin.Text(e.Description), e.On, e.Time, e.Repeat, e.UserId);
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

/// <summary>Somebody else changed the reminder since the form was opened; nothing was saved.</summary>
/// <param name="Now">What it says now, for whoever writes over it after all.</param>
public sealed record ReminderChanged(LeadReminderEdit Now, string Due) : ConflictError($"Somebody changed this reminder meanwhile. It is now “{Now.Title}”, due {Due}. Save again to have yours instead.");

/// <summary>Done or called off: it has to be opened again first.</summary>
public sealed record ReminderClosed() : ConflictError("This reminder is done or called off. Open it again first.");

/// <summary>
/// Things to do about a lead at a time. One in the past is allowed: it is overdue, and told, at once. <see cref="ReminderPost"/> tells them.
/// </summary>
public sealed class LeadReminders(LeadWork work, LeadForms forms, ReminderPeople people, OwnClock clock, Zones zones, CurrentActor actor)
{
    /// <summary>Plans a reminder; without an hour it is due at nine.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, LeadReminderEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        if (await ComplaintAsync(db, leadId, edit, null, ct) is { } complaint) return complaint;
        var reminder = new Reminder { LeadId = leadId, CreatedAt = now };
        Fill(reminder, edit, work.Me, now);
        Set(reminder, edit.Status, now);
        db.Reminders.Add(reminder);
        await ReminderPeople.TellAsync(db, reminder, null, actor, now, ct);
        return reminder.Id;
    }, ct);

    /// <summary>Writes what the form holds; another time is told anew.</summary>
    /// <param name="seen">What the form showed when it was opened; null overwrites whatever is there.</param>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, <see cref="ReminderChanged"/> or every field's complaint.</returns>
    public Task<Result<Done>> EditAsync(Guid leadId, Guid reminderId, LeadReminderEdit? seen, LeadReminderEdit edit, CancellationToken ct) => OnAsync(leadId, reminderId, async (db, reminder, now) =>
    {
        // that it was told or snoozed meanwhile is nothing that the form shows
        var stored = Of(reminder);
        if (seen is not null && stored.Differs(seen) && stored.Differs(edit)) return new ReminderChanged(stored, ReminderWords.When(clock, reminder.DueAt));
        if (await ComplaintAsync(db, leadId, edit, reminder, ct) is { } complaint) return complaint;
        Fill(reminder, edit, reminder.UserId ?? work.Me, now);
        return null;
    }, ct);

    /// <summary>Changes what is given. At another time it waits again; a status that is given as well stands.</summary>
    /// <returns>Done, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, every field's complaint.</returns>
    public Task<Result<Done>> ChangeAsync(Guid leadId, Guid reminderId, LeadReminderPatch patch, CancellationToken ct) => OnAsync(leadId, reminderId, async (db, reminder, now) =>
    {
        var edit = new LeadReminderEdit
        {
            Title = patch.Title ?? reminder.Title,
            Description = patch.Description ?? reminder.Description,
            At = patch.At ?? reminder.DueAt,
            Repeat = reminder.Repeat,
            Status = patch.Status ?? reminder.Status,
            UserId = patch.UserId ?? reminder.UserId,
        };
        if (await ComplaintAsync(db, leadId, edit, reminder, ct) is { } complaint) return complaint;
        Fill(reminder, edit, null, now);
        if (patch.Status is { } status) Set(reminder, status, now);
        return null;
    }, ct);

    /// <summary>Takes it away; the audit trail keeps what it was.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, Guid reminderId, CancellationToken ct) => OnAsync(leadId, reminderId, (db, reminder, _) =>
    {
        db.Reminders.Remove(reminder);
        return Task.FromResult<Error?>(null);
    }, ct);

    /// <summary>Gives it to somebody, who is told.</summary>
    public Task<Result<Done>> AssignAsync(Guid leadId, Guid reminderId, Guid? userId, CancellationToken ct) => OnAsync(leadId, reminderId, async (db, reminder, now) =>
    {
        if (userId is { } to && to != reminder.UserId && await people.ComplaintAsync(db, leadId, to, ct) is { } complaint) return new InvalidError(nameof(LeadReminderEdit.UserId), complaint);
        reminder.Plan(reminder.Title, reminder.Description, reminder.DueAt, userId ?? work.Me, now);
        return null;
    }, ct);

    /// <summary>Puts it on another time, and is told then.</summary>
    /// <param name="wall">On the clock of whoever moves it.</param>
    /// <returns>The change, by which it can be taken back, or <see cref="LeadNotFound"/>, <see cref="LeadPartNotFound"/>, <see cref="ReminderClosed"/>, why the day cannot be.</returns>
    public Task<Result<Guid>> MoveAsync(Guid leadId, Guid reminderId, DateTime wall, CancellationToken ct) => OnAsync(leadId, reminderId, (_, reminder, now) =>
    {
        var complaints = new Complaints();
        forms.CheckDay(complaints, nameof(LeadReminderEdit.On), DateOnly.FromDateTime(wall));
        if (complaints.Error is { } complaint) return Task.FromResult<Error?>(complaint);
        if (!IsOpen(reminder)) return Task.FromResult<Error?>(new ReminderClosed());
        reminder.Plan(reminder.Title, reminder.Description, clock.ToUtc(wall), reminder.UserId, now);
        return Task.FromResult<Error?>(null);
    }, db => db.ChangeId!.Value, ct);

    /// <summary>Tells it again later; when it was due stays.</summary>
    public Task<Result<Done>> SnoozeAsync(Guid leadId, Guid reminderId, SnoozeBy by, CancellationToken ct) => OnAsync(leadId, reminderId, (_, reminder, now) =>
    {
        if (!IsOpen(reminder)) return Task.FromResult<Error?>(new ReminderClosed());
        reminder.Snooze(ReminderTimes.Until(by, now, clock.Zone), now);
        return Task.FromResult<Error?>(null);
    }, ct);

    /// <summary>Marks it as done; a repeated one gets its follower, once, at the same hour of the clock of whose it is.</summary>
    public Task<Result<Done>> FinishAsync(Guid leadId, Guid reminderId, CancellationToken ct) => OnAsync(leadId, reminderId, async (db, reminder, now) =>
    {
        if (reminder.DoneAt is not null) return null;
        if (!IsOpen(reminder)) return new ReminderClosed();
        reminder.Finish(now);
        await ReminderSeries.FollowAsync(db, reminder, zones.Of(reminder.UserId), now, ct);
        return null;
    }, ct);

    /// <summary>Takes the tick away again, and the follower that came by it, as long as nobody touched that; or brings back what was called off.</summary>
    public Task<Result<Done>> ReopenAsync(Guid leadId, Guid reminderId, CancellationToken ct) => OnAsync(leadId, reminderId, async (db, reminder, now) =>
    {
        if (reminder.DoneAt is not null) await ReminderSeries.TakeBackAsync(db, reminder, ct);
        reminder.Reopen(now);
        return null;
    }, ct);

    /// <summary>Calls it off: it is not told, and does not come again.</summary>
    public Task<Result<Done>> CancelAsync(Guid leadId, Guid reminderId, CancellationToken ct) => OnAsync(leadId, reminderId, (_, reminder, now) =>
    {
        if (reminder.DoneAt is not null) return Task.FromResult<Error?>(new ReminderClosed());
        reminder.Cancel(now);
        return Task.FromResult<Error?>(null);
    }, ct);

    /// <param name="stored">As it is already; null for a new one.</param>
    private async Task<Error?> ComplaintAsync(CrmDbContext db, Guid leadId, LeadReminderEdit edit, Reminder? stored, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Title), edit.Title, "Say what is to be done.");
        complaints.Within(nameof(edit.Title), edit.Title, Reminder.TitleLength);
        complaints.Within(nameof(edit.Description), edit.Description, LeadLimits.ReminderText);
        var day = edit.At is { } at ? clock.DayOf(at) : edit.On;
        if (stored is null || edit.At != stored.DueAt) forms.CheckDay(complaints, nameof(edit.On), day);
        if (day is null) complaints.Add(nameof(edit.On), "Choose a day.");
        if (!Enum.IsDefined(edit.Repeat)) complaints.Add(nameof(edit.Repeat), "Choose how often it comes again.");
        if (!Enum.IsDefined(edit.Status)) complaints.Add(nameof(edit.Status), "Choose pending, sent or cancelled.");
        if (edit.UserId is { } userId && userId != stored?.UserId && await people.ComplaintAsync(db, leadId, userId, ct) is { } complaint) complaints.Add(nameof(edit.UserId), complaint);
        return complaints.Error;
    }

    /// <summary>The form of a reminder.</summary>
    internal LeadReminderEdit Of(LeadReminderLine line) => Of(line.Title, line.Description, line.DueAt, line.Repeat, line.UserId);

    private LeadReminderEdit Of(Reminder reminder) => Of(reminder.Title, reminder.Description, reminder.DueAt, reminder.Repeat, reminder.UserId);

    private LeadReminderEdit Of(string title, string? description, DateTime dueAt, ReminderRepeat repeat, Guid? userId)
    {
        var wall = clock.ToLocal(dueAt);
        return new() { Title = title, Description = description, On = DateOnly.FromDateTime(wall), Time = new TimeOnly(wall.Hour, wall.Minute), Repeat = repeat, UserId = userId };
    }

    private void Fill(Reminder reminder, LeadReminderEdit edit, Guid? otherwise, DateTime now)
    {
        var due = edit.At ?? clock.ToUtc(edit.On!.Value.ToDateTime(edit.Time ?? ReminderTimes.Morning));
        reminder.Plan(CleanText.Typed(edit.Title)!, FormJoin.Text(edit.Description), due, edit.UserId ?? otherwise, now);
        reminder.RepeatEvery(edit.Repeat);
    }

    private static void Set(Reminder reminder, ReminderStatus status, DateTime now)
    {
        if (status is ReminderStatus.Pending && reminder.DoneAt is not null) reminder.Reopen(now);
        if (reminder.Status == status) return;
        if (status is ReminderStatus.Sent) reminder.MarkSent(now);
        else if (status is ReminderStatus.Cancelled) reminder.Cancel(now);
        else reminder.Snooze(reminder.DueAt, now);
    }

    private static bool IsOpen(Reminder reminder) => reminder is { DoneAt: null, Status: not ReminderStatus.Cancelled };

    private Task<Result<Done>> OnAsync(Guid leadId, Guid reminderId, Func<CrmDbContext, Reminder, DateTime, Task<Error?>> change, CancellationToken ct) =>
        OnAsync(leadId, reminderId, change, _ => default(Done), ct);

    private Task<Result<T>> OnAsync<T>(Guid leadId, Guid reminderId, Func<CrmDbContext, Reminder, DateTime, Task<Error?>> change, Func<CrmDbContext, T> answer, CancellationToken ct) => work.OnAsync<T>(leadId, async (db, now) =>
    {
        var reminder = await db.Reminders.SingleOrDefaultAsync(r => r.Id == reminderId && r.LeadId == leadId, ct);
        if (reminder is null) return new LeadPartNotFound("reminder");
        var before = reminder.UserId;
        if (await change(db, reminder, now) is { } refusal) return refusal;
        await ReminderPeople.TellAsync(db, reminder, before, actor, now, ct);
        return answer(db);
    }, ct);
}
