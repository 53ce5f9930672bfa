using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Leads.WebForm;

/// <summary>The web form is not there.</summary>
public sealed record WebFormOff() : NotFoundError("This form is not open.");

/// <summary>Makes a lead of what somebody wrote into the web form. Anybody may, a few times an hour.</summary>
public sealed class EnquiryService(
    IDbContextFactory<CrmDbContext> contexts, LeadForms forms, RateLimits limits, CurrentActor actor, Shop shop, IOptions<WebFormOptions> options)
{
    // A form that was sent twice is one enquiry.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(30);

    /// <summary>Adds the lead on top of the column New, with the person as its contact and what they agreed to.</summary>
    /// <returns>Done, also for a machine that was caught and for the same enquiry again, or every complaint, <see cref="TooManyRequests"/>, or <see cref="WebFormOff"/>.</returns>
    public async Task<Result<Done>> SendAsync(Enquiry enquiry, CancellationToken ct)
    {
        if (!options.Value.Enabled) return new WebFormOff();
        if (await limits.TakeAsync(RateLimit.WebForm, actor.Address, ct) is { } tooOften) return tooOften;
        if (enquiry.IsByMachine) return default(Done);
        var edit = enquiry.ToLead();
        if (await ComplaintAsync(enquiry, edit, ct) is { } complaint) return complaint;

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await LeadRanks.LockAsync(db, ct);
        var now = shop.Now;
        if (await IsKnownAsync(db, edit, now, ct)) return default(Done);
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, ct), CreatedAt = now };
        forms.Fill(lead, edit, now);
        lead.Agree(options.Value.Consent, now);
        lead.MoveTo(LeadStatus.New, await LeadRanks.FindAsync(db, lead.Id, LeadStatus.New, LeadPlace.Top, ct), now);
        db.Leads.Add(lead);
        var contact = new LeadContact { LeadId = lead.Id, CreatedAt = now };
        contact.Describe(enquiry.Name!, null, lead.Email, lead.Phone, null, now);
        contact.MakePrimary(true);
        db.LeadContacts.Add(contact);
        if (enquiry.Origin.Story is { } story)
        {
            var note = new LeadNote { LeadId = lead.Id, CreatedAt = now };
            note.Write(story, now);
            db.LeadNotes.Add(note);
        }
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return default(Done);
    }

    private async Task<Error?> ComplaintAsync(Enquiry enquiry, LeadEdit edit, CancellationToken ct)
    {
        var own = new Complaints();
        own.Require(nameof(enquiry.Name), enquiry.Name, "Tell us your name.");
        own.Within(nameof(enquiry.Name), enquiry.Name, Lead.NameLength);
        own.Within(nameof(enquiry.Message), enquiry.Message, Enquiry.MessageLength);
        if (CleanText.Typed(enquiry.Email) is null && CleanText.Typed(enquiry.Phone) is null) own.Add(nameof(enquiry.Email), "Give an e-mail address or a phone number, so that we can answer.");
        if (!enquiry.Agrees) own.Add(nameof(enquiry.Agrees), "Without your word we may not keep what you wrote.");
        if (own.Error is not null || await forms.ComplaintAsync(edit, null, ct) is not InvalidError ofLead) return own.Error;
        return ofLead.Field == nameof(edit.Description) ? new InvalidError(nameof(enquiry.Message), ofLead.Message) : ofLead;
    }

    private Task<bool> IsKnownAsync(CrmDbContext db, LeadEdit edit, DateTime now, CancellationToken ct)
    {
        var (since, email, phone, message) = (now - JustNow, CleanText.Typed(edit.Email), forms.E164(edit.Phone), CleanText.Typed(edit.Description));
        return db.Leads.AnyAsync(l => l.CreatedAt > since && l.ConsentAt != null && l.Email == email && l.Phone == phone && l.Description == message, ct);
    }
}
