using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>Whom a reminder reaches: whose it is, as long as they work here and see its lead.</summary>
public sealed class ReminderPeople(StaffDirectory staff, Rights rights)
{
    /// <summary>
    /// Those who are told: whose it is, else the lead's owner, else whoever leads the shop. Nobody who left, and nobody who may not see
    /// the lead (docs/decisions/0026-whom-a-reminder-reaches.md).
    /// </summary>
    internal IReadOnlyList<StaffMember> Reached(StaffRoster roster, Guid? userId, Guid? leadOwnerId)
    {
        if (roster.Find(userId) is { IsActive: true } user && Sees(user, leadOwnerId)) return [user];
        if (roster.Find(leadOwnerId) is { IsActive: true } owner) return [owner];
        return [.. roster.Assignable.Where(m => Roles.Management.Contains(m.Role) && Sees(m, leadOwnerId))];
    }

    /// <summary>Why a reminder cannot be this person's, or null.</summary>
    internal async Task<string?> ComplaintAsync(CrmDbContext db, Guid leadId, Guid userId, CancellationToken ct)
    {
        if ((await staff.ReadAsync(ct)).Find(userId) is not { IsActive: true } user) return "Choose somebody who works here.";
        var owner = await db.Leads.Where(l => l.Id == leadId).Select(l => l.OwnerId).SingleAsync(ct);
        return Sees(user, owner) ? null : $"{user.Name} does not see this lead.";
    }

    /// <summary>Tells somebody that a colleague gave them a reminder, and every screen that counts reminders to count again.</summary>
    /// <param name="before">Whose it was.</param>
    internal static async Task TellAsync(CrmDbContext db, Reminder reminder, Guid? before, CurrentActor actor, DateTime now, CancellationToken ct)
    {
        foreach (var user in new[] { before, reminder.UserId }.OfType<Guid>().Distinct()) db.MarkChanged(ChangeKinds.Notice, user);
        if (reminder.UserId is not { } userId || userId == before || userId == actor.UserId) return;
        var lead = await db.Leads.Where(l => l.Id == reminder.LeadId).Select(l => l.Name).SingleAsync(ct);
        await NoticeWriter.TellAsync(db, NoticeWriter.Of(userId, NoticeKinds.Assigned, $"{actor.Name} gave you a reminder: {reminder.Title} · {lead}",
            $"/leads/{reminder.LeadId}", $"reminder-given:{reminder.Id:N}:{userId:N}:{reminder.Version}", now), ct);
    }

    private bool Sees(StaffMember member, Guid? leadOwnerId) => leadOwnerId is null || leadOwnerId == member.Id || rights.Allow(member.Role, Permission.SeeAllLeads);
}
