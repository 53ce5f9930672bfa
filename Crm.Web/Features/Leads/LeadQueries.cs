using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>Reads one lead with its people and reminders, for its panel.</summary>
public sealed class LeadQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, LeadMemory memory)
{
    private const int MostContacts = 100;
    private const int MostReminders = 50;

    /// <summary>The lead, or <see cref="LeadNotFound"/>.</summary>
    public async Task<Result<LeadDetail>> FindAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        // a customer's name changes without the lead
        var lead = await memory.Details.ShareAsync(leadId, () => ReadAsync(leadId), lasts: detail => detail.CustomerId is null, ct);
        return lead is not null && actor.Sees(lead.OwnerId) ? lead : new LeadNotFound();
    }

    /// <summary>Done when the lead is there and in sight, or <see cref="LeadNotFound"/>.</summary>
    public async Task<Result<Done>> LookForAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct) ? default(Done) : new LeadNotFound();
    }

    /// <summary>Who changed the lead last, for somebody who is writing in it.</summary>
    public async Task<Result<LeadChange>> LastChangeAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Leads.SeenBy(actor).AnyAsync(l => l.Id == leadId, ct)) return new LeadNotFound();
        return await LeadWork.LastChangeAsync(db, nameof(Lead), leadId, ct);
    }

    /// <summary>Who can be given leads, by name.</summary>
    public async Task<Result<IReadOnlyList<StaffMember>>> AgentsAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        return Result.Of((await staff.ReadAsync(ct)).Assignable);
    }

    private async Task<LeadDetail?> ReadAsync(Guid leadId)
    {
        var ct = CancellationToken.None;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var lead = await db.Leads.AsNoTracking().Where(l => l.Id == leadId).Select(l => new
        {
            Detail = new LeadDetail(
                l.Id, l.Number, l.Name, l.Company, l.Business, l.City, l.Email, l.Phone,
                l.Status, l.Priority, l.ValueMinor, l.Source, l.Description, l.OwnerId, "",
                l.NextStep, l.NextStepAt, l.LostReason, l.LostNote, l.StatusSince, l.TouchedAt, l.CreatedAt, l.ConvertedCustomerId, null),
            Customer = db.Customers.Where(c => c.Id == l.ConvertedCustomerId).Select(c => new { c.FirstName, c.LastName, c.Phone, c.Email, c.Number }).FirstOrDefault(),
        }).SingleOrDefaultAsync(ct);
        if (lead is null) return null;

        var roster = await staff.ReadAsync(ct);
        var contacts = await db.LeadContacts.AsNoTracking().Where(c => c.LeadId == leadId).OrderByDescending(c => c.IsPrimary).ThenBy(c => c.Name).ThenBy(c => c.Id)
            .Take(MostContacts).Select(c => new LeadContactLine(c.Id, c.Name, c.Position, c.Email, c.Phone, c.Notes, c.IsPrimary)).ToListAsync(ct);
        var reminders = await db.Reminders.AsNoTracking().Where(r => r.LeadId == leadId).OrderBy(r => r.DoneAt != null).ThenBy(r => r.DueAt).ThenBy(r => r.Id)
            .Take(MostReminders).ToListAsync(ct);
        var tags = await db.LeadTags.AsNoTracking().Where(t => t.LeadId == leadId).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync(ct);
        return lead.Detail with
        {
            Tags = tags,
            OwnerName = lead.Detail.OwnerId is { } owner ? roster.NameOf(owner) : "",
            CustomerName = lead.Customer is { } c ? CustomerName.Of(c.FirstName, c.LastName, c.Phone, c.Email, c.Number) : null,
            Contacts = contacts,
            Reminders = [.. reminders.Select(r => new LeadReminderLine(r.Id, r.Title, r.DueAt, r.DoneAt, r.Status, r.UserId is { } user ? roster.NameOf(user) : "")
            {
                Description = r.Description,
                FireAt = r.FireAt,
                Repeat = r.Repeat,
                UserId = r.UserId,
            })],
        };
    }
}
