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

    /// <summary>Whose it is; nobody means whoever saves it.</summary>
    public Guid? UserId { get; set; }

    public LeadReminderEdit Copy() => (LeadReminderEdit)MemberwiseClone();

    /// <summary>Whether anything is written differently.</summary>
    public bool Differs(LeadReminderEdit other) => Values(this) != Values(other);

    private static (string?, string?, DateOnly?, TimeOnly?, Guid?) Values(LeadReminderEdit e) => (FormJoin.Text(e.Title), FormJoin.Text(e.Description), e.On, e.Time, e.UserId);
}

/// <summary>Things to do about a lead at a time. One in the past is allowed: it is overdue at once.</summary>
public sealed class LeadReminders(LeadWork work, LeadForms forms, StaffDirectory staff, Shop shop)
{
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Plans a reminder; without an hour it is due at nine.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public Task<Result<Guid>> AddAsync(Guid leadId, LeadReminderEdit edit, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Title), edit.Title, "Say what is to be done.");
        complaints.Within(nameof(edit.Title), edit.Title, Reminder.TitleLength);
        complaints.Within(nameof(edit.Description), edit.Description, LeadLimits.ReminderText);
        forms.CheckDay(complaints, nameof(edit.On), edit.On);
        if (edit.On is null) complaints.Add(nameof(edit.On), "Choose a day.");
        if (edit.UserId is { } userId && (await staff.ReadAsync(ct)).Find(userId) is not { IsActive: true }) complaints.Add(nameof(edit.UserId), "Choose somebody who works here.");
        if (complaints.Error is { } complaint) return complaint;

        var reminder = new Reminder { LeadId = leadId, CreatedAt = now };
        reminder.Plan(edit.Title!, FormJoin.Text(edit.Description), shop.ToUtc(edit.On!.Value.ToDateTime(edit.Time ?? Morning)), edit.UserId ?? work.Me, now);
        db.Reminders.Add(reminder);
        return reminder.Id;
    }, ct);

    /// <summary>Marks it as done.</summary>
    public Task<Result<Done>> FinishAsync(Guid leadId, Guid reminderId, CancellationToken ct) =>
        ChangeAsync(leadId, reminderId, (reminder, now) => reminder.Finish(now), ct);

    /// <summary>Takes the tick away again.</summary>
    public Task<Result<Done>> ReopenAsync(Guid leadId, Guid reminderId, CancellationToken ct) =>
        ChangeAsync(leadId, reminderId, (reminder, now) => reminder.Reopen(now), ct);

    private Task<Result<Done>> ChangeAsync(Guid leadId, Guid reminderId, Action<Reminder, DateTime> change, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, now) =>
    {
        var reminder = await db.Reminders.SingleOrDefaultAsync(r => r.Id == reminderId && r.LeadId == leadId, ct);
        if (reminder is null) return new LeadPartNotFound("reminder");
        change(reminder, now);
        return default(Done);
    }, ct);
}
