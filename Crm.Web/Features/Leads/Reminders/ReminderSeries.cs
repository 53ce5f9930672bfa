using Crm.Data;
using Crm.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>Repeated reminders: each that is done has one follower, made in the same transaction.</summary>
static class ReminderSeries
{
    /// <summary>Adds the follower of one that was just finished, unless it repeats no more or has one.</summary>
    public static async Task FollowAsync(CrmDbContext db, Reminder done, TimeZoneInfo zone, DateTime now, CancellationToken ct)
    {
        if (done.Repeat is ReminderRepeat.Never || await db.Reminders.AnyAsync(r => r.FollowsId == done.Id, ct)) return;
        if (ReminderTimes.Next(done.Repeat, done.DueAt, await RhythmAsync(db, done.DueAt, done.FollowsId, zone, ct), now, zone) is not { } next) return;
        var follower = new Reminder { LeadId = done.LeadId, FollowsId = done.Id, CreatedAt = now };
        follower.Plan(done.Title, done.Description, next, done.UserId, now);
        follower.RepeatEvery(done.Repeat);
        db.Reminders.Add(follower);
    }

    /// <summary>Takes the follower away that nobody has done anything with; another one stays.</summary>
    public static async Task TakeBackAsync(CrmDbContext db, Reminder done, CancellationToken ct)
    {
        if (await db.Reminders.SingleOrDefaultAsync(r => r.FollowsId == done.Id && r.Version == 0 && r.Status == ReminderStatus.Pending && r.DoneAt == null, ct) is { } untouched)
            db.Reminders.Remove(untouched);
    }

    /// <summary>Day and hour that the series keeps to.</summary>
    public static async Task<ReminderRhythm> RhythmAsync(CrmDbContext db, DateTime dueAt, Guid? followsId, TimeZoneInfo zone, CancellationToken ct)
    {
        var dues = new List<DateTime> { dueAt };
        for (var before = followsId; before is { } id && dues.Count <= ReminderRhythm.MostBefore && ReminderRhythm.NeedsPast(dues[^1], zone);)
        {
            if (await db.Reminders.AsNoTracking().Where(r => r.Id == id).Select(r => new { r.DueAt, r.FollowsId }).SingleOrDefaultAsync(ct) is not { } past) break;
            dues.Add(past.DueAt);
            before = past.FollowsId;
        }
        return ReminderRhythm.Of(dues, zone);
    }
}
