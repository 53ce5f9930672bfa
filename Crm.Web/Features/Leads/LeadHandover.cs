using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Gives every open lead of somebody who leaves to a colleague; what is converted or lost stays under their name.</summary>
public sealed class LeadHandover(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, Shop shop) : IHandover
{
    private static readonly LeadStatus[] Open = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Qualified];

    /// <summary>All of them or none; the trail names each lead, the colleague hears of all in one notice. Being given makes no stale lead fresh.</summary>
    /// <returns>How many there were, or <see cref="HandoverToNobody"/>, <see cref="LeadBusy"/>.</returns>
    public async Task<Result<int>> HandOverAsync(Guid fromUserId, Guid toUserId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        var roster = await staff.ReadAsync(ct);
        if (fromUserId == toUserId || roster.Find(toUserId) is not { IsActive: true } colleague) return new HandoverToNobody();

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var now = shop.Now;
        db.ChangeId = Guid.CreateVersion7(now); // however many leads, it is one change to take back
        var leads = await db.Leads.Where(l => l.OwnerId == fromUserId && Open.Contains(l.Status)).ToListAsync(ct);
        if (leads.Count == 0) return 0;
        foreach (var lead in leads)
        {
            lead.Assign(colleague.Id, actor.UserId, now);
            db.Entry(lead).Property(l => l.UpdatedAt).CurrentValue = now;
        }
        if (colleague.Id != actor.UserId)
        {
            var text = $"{actor.Name} gave you {leads.Count} {(leads.Count == 1 ? "lead" : "leads")} of {roster.NameOf(fromUserId)}";
            await NoticeWriter.TellAsync(db, NoticeWriter.Of(colleague.Id, NoticeKinds.Assigned, text, $"/leads?agent={colleague.Id}", $"handover:{db.ChangeId}", now), ct);
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
        await write.CommitAsync(ct);
        return leads.Count;
    }
}

/// <summary>Work is given to somebody else who works here and can sign in.</summary>
public sealed record HandoverToNobody() : InvalidError("ToUserId", "Choose a colleague who works here.");
