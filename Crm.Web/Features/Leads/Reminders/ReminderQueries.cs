using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>The lists of reminders.</summary>
public enum ReminderList { Today, Overdue, Upcoming, Done }

/// <summary>A reminder in a list of several leads'.</summary>
public sealed record ReminderRow(Guid LeadId, long LeadNumber, string Lead, LeadReminderLine Line);

/// <summary>How many wait: for today, overdue, and later.</summary>
public sealed record ReminderCounts(int Today, int Overdue, int Upcoming);

/// <summary>Reads reminders across leads: one's own, or everybody's for those who lead the shop; never of a lead out of sight.</summary>
public sealed class ReminderQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, OwnClock clock)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 50;

    /// <summary>A badge beyond this says "99+".</summary>
    public const int MostCounted = 100;

    private static readonly Keyset<Reminder> ByDue = Keyset<Reminder>.By(r => r.DueAt);

    /// <summary>One page of a list, by time; what is done the newest first.</summary>
    /// <param name="everybody">Of the whole shop, for owner and managers; others get their own.</param>
    /// <param name="count">How many; at most <see cref="ShownRows.Most"/>.</param>
    public async Task<Result<KeyPage<ReminderRow>>> PageAsync(ReminderList list, bool everybody, Cursor? after, int count, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var roster = await staff.ReadAsync(ct);
        var rows = Of(db, list, everybody);
        var page = await KeyPages.ReadAsync((cursor, backwards) => ByDue.Parts(rows, descending: list is ReminderList.Done, cursor, backwards).Select(part => Rows(db, part)), after, backwards: false, Math.Clamp(count, 1, ShownRows.Most), ct);
        return new KeyPage<ReminderRow>([.. page.Rows.Select(r => r.ToRow(roster))], page.HasEarlier, page.HasLater);
    }

    /// <summary>For the tabs.</summary>
    public async Task<Result<ReminderCounts>> CountsAsync(bool everybody, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new ReminderCounts(await CountAsync(ReminderList.Today), await CountAsync(ReminderList.Overdue), await CountAsync(ReminderList.Upcoming));

        Task<int> CountAsync(ReminderList list) => Of(db, list, everybody).Take(1_000).CountAsync(ct);
    }

    /// <summary>How many of one's own are late, for the badge; at most <see cref="MostCounted"/>.</summary>
    public async Task<Result<int>> OverdueAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Of(db, ReminderList.Overdue, everybody: false).Take(MostCounted).CountAsync(ct);
    }

    internal static IQueryable<StoredRow> Rows(CrmDbContext db, IQueryable<Reminder> reminders) => reminders
        .Select(r => new StoredRow(r.LeadId, db.Leads.Where(l => l.Id == r.LeadId).Select(l => l.Number).First(), db.Leads.Where(l => l.Id == r.LeadId).Select(l => l.Name).First(),
            r.Id, r.Title, r.Description, r.DueAt, r.FireAt, r.DoneAt, r.Status, r.Repeat, r.UserId));

    private IQueryable<Reminder> Of(CrmDbContext db, ReminderList list, bool everybody)
    {
        var now = clock.UtcNow;
        var tomorrow = clock.StartOf(clock.Today.AddDays(1));
        var seen = db.Leads.SeenBy(actor);
        var all = db.Reminders.AsNoTracking();
        if (!everybody || !actor.IsManagement) all = all.Where(r => r.UserId == actor.UserId);
        if (!actor.May(Permission.SeeAllLeads)) all = all.Where(r => seen.Any(l => l.Id == r.LeadId));
        if (list is ReminderList.Done) return all.Where(r => r.DoneAt != null || r.Status == ReminderStatus.Cancelled);
        var open = all.Where(r => r.DoneAt == null && r.Status != ReminderStatus.Cancelled);
        return list switch
        {
            ReminderList.Overdue => open.Where(r => r.DueAt < now),
            ReminderList.Today => open.Where(r => r.DueAt >= now && r.DueAt < tomorrow),
            _ => open.Where(r => r.DueAt >= tomorrow),
        };
    }

    /// <summary>A row before people's names are known.</summary>
    internal sealed record StoredRow(Guid LeadId, long LeadNumber, string Lead, Guid Id, string Title, string? Description, DateTime DueAt, DateTime FireAt, DateTime? DoneAt,
        ReminderStatus Status, ReminderRepeat Repeat, Guid? UserId)
    {
        public ReminderRow ToRow(StaffRoster roster) => new(LeadId, LeadNumber, Lead, new LeadReminderLine(Id, Title, DueAt, DoneAt, Status, UserId is { } user ? roster.NameOf(user) : "")
        {
            Description = Description,
            FireAt = FireAt,
            Repeat = Repeat,
            UserId = UserId,
        });
    }
}
