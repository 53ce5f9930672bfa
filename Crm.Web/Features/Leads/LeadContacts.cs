using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>The people at a lead; one of them is the primary contact, the first one by itself.</summary>
public sealed class LeadContacts(LeadWork work, LeadForms forms, CurrentActor actor, Shop shop)
{
    /// <summary>Adds a person.</summary>
    /// <returns>The id, or <see cref="LeadNotFound"/> or every field's complaint.</returns>
    public async Task<Result<Guid>> AddAsync(Guid leadId, LeadContactEdit edit, CancellationToken ct) => await work.OnAsync<Guid>(leadId, async (db, now) =>
    {
        if (Complaint(edit) is { } complaint) return complaint;
        var primary = edit.IsPrimary || !await db.LeadContacts.AnyAsync(c => c.LeadId == leadId, ct);
        if (primary) await DemoteAsync(db, leadId, null, ct);
        var contact = new LeadContact { LeadId = leadId, CreatedAt = now };
        contact.Describe(edit.Name!, FormJoin.Text(edit.Position), FormJoin.Text(edit.Email), forms.E164(edit.Phone), FormJoin.Text(edit.Notes), now);
        contact.MakePrimary(primary);
        db.LeadContacts.Add(contact);
        return contact.Id;
    }, ct);

    /// <summary>
    /// Saves what was changed since the form was opened, joined with what others changed in other fields. Who is not to be called first any
    /// more hands that on to the longest known of the others.
    /// </summary>
    /// <returns>Done, or <see cref="LeadPartNotFound"/>, <see cref="ContactChangedMeanwhile"/>, every field's complaint.</returns>
    public async Task<Result<Done>> EditAsync(Guid leadId, Guid contactId, LeadContactEdit original, LeadContactEdit edit, CancellationToken ct) =>
        await work.OnAsync<Done>(leadId, async (db, now) =>
        {
            var contact = await db.LeadContacts.SingleOrDefaultAsync(c => c.Id == contactId && c.LeadId == leadId, ct);
            if (contact is null) return new LeadPartNotFound("contact");

            var (stored, mine) = (Of(contact), edit.Copy());
            if (FormJoin.Into(LeadContactEdit.Fields, original, mine, stored) is { Count: > 0 } clashes)
            {
                var last = await LeadWork.LastChangeAsync(db, nameof(LeadContact), contactId, ct);
                return new ContactChangedMeanwhile(last.Who, last.At, clashes, stored);
            }
            if (Complaint(mine) is { } complaint) return complaint;
            if (mine.IsPrimary && !contact.IsPrimary) await DemoteAsync(db, leadId, contactId, ct);
            var heir = contact.IsPrimary && !mine.IsPrimary ? await db.LeadContacts.Where(c => c.LeadId == leadId && c.Id != contactId).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).FirstOrDefaultAsync(ct) : null;
            contact.Describe(mine.Name!, FormJoin.Text(mine.Position), FormJoin.Text(mine.Email), forms.E164(mine.Phone), FormJoin.Text(mine.Notes), now);
            contact.MakePrimary(mine.IsPrimary || contact.IsPrimary && heir is null); // whoever is alone is called first
            if (heir is null) return default(Done);
            await db.SaveChangesAsync(ct);
            heir.MakePrimary(true);
            return default(Done);
        }, ct);

    /// <summary>Takes a person off a lead. Only for whoever may delete leads; what was said with them stays.</summary>
    public async Task<Result<Done>> RemoveAsync(Guid leadId, Guid contactId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is { } refusal) return refusal;
        return await work.OnAsync<Done>(leadId, async (db, _) =>
        {
            var contacts = await db.LeadContacts.Where(c => c.LeadId == leadId).OrderBy(c => c.CreatedAt).ToListAsync(ct);
            if (contacts.Find(c => c.Id == contactId) is not { } gone) return new LeadPartNotFound("contact");
            foreach (var talk in await db.Correspondence.Where(c => c.ContactId == contactId).ToListAsync(ct)) talk.ContactId = null;
            db.LeadContacts.Remove(gone);
            if (!gone.IsPrimary || contacts.Find(c => c.Id != contactId) is not { } heir) return default(Done);
            await db.SaveChangesAsync(ct);
            heir.MakePrimary(true);
            return default(Done);
        }, ct);
    }

    /// <summary>The form of a contact on screen.</summary>
    public LeadContactEdit Of(LeadContactLine contact) => Of(contact.Name, contact.Position, contact.Email, contact.Phone, contact.Notes, contact.IsPrimary);

    private LeadContactEdit Of(LeadContact contact) => Of(contact.Name, contact.Position, contact.Email, contact.Phone, contact.Notes, contact.IsPrimary);

    private LeadContactEdit Of(string name, string? position, string? email, string? phone, string? notes, bool primary) =>
        new() { Name = name, Position = position, Email = email, Phone = FormJoin.Text(PhoneNumber.Format(phone, shop.Settings.Country)), Notes = notes, IsPrimary = primary };

    private Error? Complaint(LeadContactEdit edit)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Name), edit.Name, "Give the person a name.");
        complaints.Within(nameof(edit.Name), edit.Name, LeadLimits.ContactName);
        complaints.Within(nameof(edit.Position), edit.Position, LeadLimits.ContactPosition);
        complaints.Within(nameof(edit.Notes), edit.Notes, LeadLimits.ContactNotes);
        LeadForms.CheckEmail(complaints, nameof(edit.Email), edit.Email);
        forms.CheckPhone(complaints, nameof(edit.Phone), edit.Phone);
        return complaints.Error;
    }

    // Saved on its own first: the unique index allows one primary at every moment.
    private static async Task DemoteAsync(CrmDbContext db, Guid leadId, Guid? but, CancellationToken ct)
    {
        foreach (var other in await db.LeadContacts.Where(c => c.LeadId == leadId && c.IsPrimary && c.Id != but).ToListAsync(ct)) other.MakePrimary(false);
        await db.SaveChangesAsync(ct);
    }
}
