using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>Writes lines as leads into the caller's transaction, which holds the board's turn: at the foot of their columns, so that what somebody works on stays on top.</summary>
sealed class IntakeWriter(LeadForms forms, CurrentActor actor, Shop shop)
{
    private readonly Dictionary<LeadStatus, long> feet = [];

    public async Task<Guid> AddAsync(CrmDbContext db, IntakeLine line, CancellationToken ct)
    {
        var now = shop.Now;
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, ct), CreatedAt = now };
        forms.Fill(lead, line.Edit, now);
        var rank = await FootAsync(db, line.Stage, ct);
        if (line.Stage is LeadStatus.Lost) lead.Lose(LostReason.Other, line.LostNote is { } note ? CleanText.Cut(note, LeadLimits.LostNote) : null, rank, now);
        else lead.MoveTo(line.Stage, rank, now);
        db.Leads.Add(lead);
        if (line.Person is { } person) AddPerson(db, lead.Id, person, now);
        foreach (var tag in line.Tags) db.LeadTags.Add(new LeadTag { LeadId = lead.Id, Name = tag });
        return lead.Id;
    }

    /// <summary>Writes what a known lead lacks and the line has; nothing that is there is touched.</summary>
    /// <param name="lead">With its contacts and tags.</param>
    /// <returns>Whether there was anything.</returns>
    public bool Fill(CrmDbContext db, Lead lead, IntakeLine line)
    {
        var (now, edit, before) = (shop.Now, line.Edit, Facts(lead));
        lead.Describe(lead.Name, lead.Company ?? edit.Company, lead.Business ?? edit.Business, lead.City ?? edit.City, lead.Email ?? edit.Email, lead.Phone ?? forms.E164(edit.Phone),
            lead.Source ?? edit.Source, lead.Description ?? edit.Description);
        if (lead.ValueMinor == 0 && AmountText.TryParse(edit.Value, out var value)) lead.Rate(lead.Priority, value);
        if (lead.OwnerId is null && edit.OwnerId is not null) lead.Assign(edit.OwnerId, actor.UserId, now);
        var filled = !Facts(lead).Equals(before);
        if (filled) db.Entry(lead).Property(l => l.UpdatedAt).CurrentValue = now; // no touch: nobody worked on it
        if (line.Person is { } person && lead.Contacts.Count == 0)
        {
            AddPerson(db, lead.Id, person, now);
            filled = true;
        }
        foreach (var tag in line.Tags.Where(t => lead.Tags.TrueForAll(held => held.Name != t)).Take(LeadTags.Most - lead.Tags.Count).ToList())
        {
            db.LeadTags.Add(new LeadTag { LeadId = lead.Id, Name = tag });
            filled = true;
        }
        return filled;
    }

    private static object Facts(Lead lead) => (lead.Company, lead.Business, lead.City, lead.Email, lead.Phone, lead.Source, lead.Description, lead.ValueMinor, lead.OwnerId);

    private void AddPerson(CrmDbContext db, Guid leadId, LeadContactEdit person, DateTime now)
    {
        var contact = new LeadContact { LeadId = leadId, CreatedAt = now };
        contact.Describe(person.Name!, person.Position, FormJoin.Text(person.Email), forms.E164(person.Phone), null, now);
        contact.MakePrimary(true);
        db.LeadContacts.Add(contact);
    }

    private async Task<long> FootAsync(CrmDbContext db, LeadStatus stage, CancellationToken ct)
    {
        if (!feet.TryGetValue(stage, out var foot)) foot = await db.Leads.Where(l => l.Status == stage).Select(l => (long?)l.Rank).MaxAsync(ct) ?? 0;
        return feet[stage] = foot + Lead.RankStep;
    }
}
