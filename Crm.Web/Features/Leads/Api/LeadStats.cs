using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>The desk in figures for a program: of the leads in sight of whoever asks, and of their own.</summary>
sealed class LeadStats(CurrentActor actor, StatsMemory memory, CrmDatabase database, ApiPeople people)
{
    private const int MostActivities = 10;
    private const int MostUpcoming = 5;

    private static readonly string[] Types = [nameof(Lead), nameof(LeadContact), nameof(LeadNote), nameof(Reminder), nameof(Correspondence)];

    /// <summary>As of at most two seconds ago, and of after one's own last change.</summary>
    public async Task<Result<StatsAnswer>> ReadAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        var (me, all) = (actor.UserId, actor.May(Permission.SeeAllLeads));
        return await memory.RecallAsync((me, all), () => ReckonAsync(me, all)).WaitAsync(ct);
    }

    // Shared by whoever asks at the same time, so nobody's leaving ends it.
    private async Task<StatsAnswer> ReckonAsync(Guid? me, bool all)
    {
        var groups = await memory.RecallAsync("groups", GroupsAsync);
        var shared = await memory.RecallAsync(("shared", all ? null : me), () => SharedAsync(me, all));
        await using var db = database.Open(Actor.System("desk figures"));
        var now = database.Clock.GetUtcNow().UtcDateTime;
        var waiting = ReminderLists.Waiting(db.Reminders.AsNoTracking()).Where(r => r.UserId == me);
        var seen = db.Leads.SeenBy(me, all);
        var overdue = await waiting.CountAsync(r => r.DueAt < now && seen.Any(l => l.Id == r.LeadId));
        var upcoming = await (from r in waiting.Where(r => r.DueAt >= now)
                              join l in seen on r.LeadId equals l.Id
                              orderby r.DueAt, r.Id
                              select new UpcomingAnswer(r.Id, r.Title, l.Name, r.DueAt)).Take(MostUpcoming).ToListAsync();
        return Answer([.. groups.Where(g => all || g.OwnerId is null || g.OwnerId == me)], me, shared, upcoming, overdue);
    }

    private static StatsAnswer Answer(List<Group> groups, Guid? me, Shared shared, IReadOnlyList<UpcomingAnswer> upcoming, int overdue)
    {
        int In(LeadStatus status) => groups.Where(g => g.Status == status).Sum(g => g.Count);
        decimal Value(IEnumerable<Group> of) => new Money(of.Sum(g => g.ValueMinor)).Major + 0.0m;
        var mine = groups.Where(g => g.OwnerId is not null && g.OwnerId == me).ToList();
        return new StatsAnswer(
            groups.Sum(g => g.Count), mine.Sum(g => g.Count), In(LeadStatus.New), In(LeadStatus.Contacted), In(LeadStatus.Qualified), In(LeadStatus.Converted), In(LeadStatus.Lost),
            Value(groups), Value(mine),
            groups.GroupBy(g => g.Status).OrderBy(g => g.Key).ToDictionary(g => LeadWire.Of(g.Key), g => g.Sum(x => x.Count)),
            groups.GroupBy(g => g.Priority).OrderBy(g => g.Key).ToDictionary(g => LeadWire.Of(g.Key), g => g.Sum(x => x.Count)),
            shared.Activities, upcoming, overdue, shared.Contacts, shared.Notes);
    }

    // One pass over the leads for everybody: whoever sees only some of them takes their own groups out of it.
    private async Task<List<Group>> GroupsAsync()
    {
        await using var db = database.Open(Actor.System("desk figures"));
        return await db.Leads.AsNoTracking().GroupBy(l => new { l.Status, l.Priority, l.OwnerId })
            .Select(g => new Group(g.Key.Status, g.Key.Priority, g.Key.OwnerId, g.Count(), g.Sum(l => l.ValueMinor))).ToListAsync();
    }

    private async Task<Shared> SharedAsync(Guid? me, bool all)
    {
        await using var db = database.Open(Actor.System("desk figures"));
        var seen = db.Leads.SeenBy(me, all);
        var contacts = await (all ? db.LeadContacts : db.LeadContacts.Where(c => seen.Any(l => l.Id == c.LeadId))).CountAsync();
        var notes = await (all ? db.LeadNotes : db.LeadNotes.Where(n => seen.Any(l => l.Id == n.LeadId))).CountAsync();
        var entries = db.AuditEntries.AsNoTracking().Where(a => Types.Contains(a.EntityType) && AuditRow.Actions.Contains(a.Action));
        if (!all) entries = entries.Where(a => seen.Any(l => l.Id == a.RootId));
        var rows = await AuditRow.NamedAsync(db, await AuditRow.Rows(entries.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(MostActivities)).ToListAsync(), CancellationToken.None);
        var known = await people.OfAsync(rows.Select(r => r.ActorId), CancellationToken.None);
        return new Shared(contacts, notes, [.. rows.Select(r => new ActivityAnswer(r.Id, known.Of(r.ActorId)?.Username ?? "System", r.Label, r.Model, r.Name, r.At))]);
    }

    private sealed record Group(LeadStatus Status, LeadPriority Priority, Guid? OwnerId, int Count, long ValueMinor);

    private sealed record Shared(int Contacts, int Notes, IReadOnlyList<ActivityAnswer> Activities);
}
