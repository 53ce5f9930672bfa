using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Which reminders a program wants; null for any.</summary>
/// <param name="Overdue">Only those that wait and whose time has passed.</param>
public sealed record ReminderFilter(Guid? LeadId, Guid? UserId, ReminderStatus? Status, bool Overdue = false);

/// <summary>Reminders as programs read them.</summary>
public sealed class ReminderLists(LeadReader reader, Shop shop)
{
    private static readonly ListOrder<Reminder, ReminderRow> Order = new("reminder_date",
        ListColumn<Reminder, ReminderRow>.Instant("reminder_date", r => r.DueAt, r => r.DueAt),
        ListColumn<Reminder, ReminderRow>.Instant("created_at", r => r.CreatedAt, r => r.CreatedAt));

    /// <summary>A page of those in sight.</summary>
    public async Task<Result<ListAnswer<ReminderRow>>> PageAsync(ReminderFilter filter, ListQuestion question, CancellationToken ct)
    {
        if (await reader.UnlessSeenAsync(filter.LeadId, ct) is { } complaint) return complaint;
        var now = shop.Now;
        var moment = filter.Overdue ? now.Ticks / ListMemory.MostAgeOfEverything.Ticks : 0; // what is overdue changes without news
        return await reader.PageAsync($"reminders {filter.LeadId} {filter.UserId} {filter.Status} {moment}", db => Where(db, filter, question.Search, now), Order, question, (_, reminders) => Rows(reminders), ct);
    }

    /// <summary>A page of those that wait for whoever asks.</summary>
    public Task<Result<ListAnswer<ReminderRow>>> MineAsync(ListQuestion question, CancellationToken ct) =>
        PageAsync(new ReminderFilter(null, reader.Actor.UserId ?? Guid.Empty, ReminderStatus.Pending), question, ct);

    /// <summary>One in sight.</summary>
    public Task<Result<ReminderRow>> FindAsync(Guid reminderId, CancellationToken ct) => reader.FindAsync(db => Rows(reader.Reminders(db).Where(r => r.Id == reminderId)), "reminder", ct);

    internal static IQueryable<ReminderRow> Rows(IQueryable<Reminder> reminders) =>
        reminders.Select(r => new ReminderRow(r.Id, r.LeadId, r.UserId, r.Title, r.Description, r.DueAt, r.Status, r.DoneAt, r.CreatedAt, r.UpdatedAt));

    /// <summary>Those that wait.</summary>
    internal static IQueryable<Reminder> Waiting(IQueryable<Reminder> reminders) => reminders.Where(r => r.Status == ReminderStatus.Pending && r.DoneAt == null);

    private IQueryable<Reminder> Where(CrmDbContext db, ReminderFilter filter, string? search, DateTime now)
    {
        var reminders = reader.Reminders(db);
        if (filter.LeadId is { } lead) reminders = reminders.Where(r => r.LeadId == lead);
        if (filter.UserId is { } user) reminders = reminders.Where(r => r.UserId == user);
        reminders = filter.Status switch
        {
            ReminderStatus.Pending => Waiting(reminders),
            ReminderStatus.Sent => reminders.Where(r => r.Status == ReminderStatus.Sent || r.Status == ReminderStatus.Pending && r.DoneAt != null),
            ReminderStatus.Cancelled => reminders.Where(r => r.Status == ReminderStatus.Cancelled),
            null => reminders,
        };
        if (filter.Overdue) reminders = Waiting(reminders).Where(r => r.DueAt < now);
        foreach (var word in LeadReader.Words(search)) reminders = reminders.Where(r => r.Title.ToLower().Contains(word) || r.Description!.ToLower().Contains(word));
        return reminders;
    }
}
