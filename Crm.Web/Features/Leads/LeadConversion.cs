using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Search;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A customer that a lead may already be.</summary>
/// <param name="Why">What they share: "same phone".</param>
public sealed record ConversionCandidate(Guid Id, string Name, string Line, string? Why);

/// <summary>The customer that a lead becomes: a known one, or a new one of these fields.</summary>
public sealed class ConversionEdit
{
    public Guid? CustomerId { get; set; }

    /// <summary>The customer that the lead was linked to already when it was looked at.</summary>
    public Guid? LinkedId { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>A new customer as the lead suggests: its primary contact, else itself.</summary>
    /// <param name="country">ISO 3166 alpha-2; how its phone numbers are shown.</param>
    public static ConversionEdit Of(LeadDetail lead, string country)
    {
        var person = lead.Contacts.FirstOrDefault(c => c.IsPrimary);
        var words = (person?.Name ?? lead.Name).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ConversionEdit
        {
            LinkedId = lead.CustomerId,
            FirstName = words.FirstOrDefault(),
            LastName = words.Length > 1 ? words[1] : null,
            Email = person?.Email ?? lead.Email,
            Phone = FormJoin.Text(PhoneNumber.Format(person?.Phone ?? lead.Phone, country)),
        };
    }
}

/// <summary>Makes a lead a customer, or links it to one, in one transaction; the lead stays, as converted.</summary>
public sealed class LeadConversion(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, CustomerIntake customers, Shop shop)
{
    private const int Most = 8;

    /// <summary>Customers with the same phone or e-mail as the lead or its contacts; with a text, those that it finds.</summary>
    public async Task<Result<IReadOnlyList<ConversionCandidate>>> CandidatesAsync(Guid leadId, string? text, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!string.IsNullOrWhiteSpace(text))
            return (await SearchIndex.FindAsync(db, text, [ChangeKinds.Customer], Most, ct)).ConvertAll(h => new ConversionCandidate(h.Id, h.Title, h.Subtitle, null));

        var known = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id == leadId).Select(l => new { l.Phone, l.Email })
            .Concat(db.LeadContacts.Where(c => c.LeadId == leadId && db.Leads.SeenBy(actor).Any(l => l.Id == leadId)).Select(c => new { c.Phone, c.Email })).ToListAsync(ct);
        var phones = known.Select(k => k.Phone).OfType<string>().Distinct().ToList();
        var emails = known.Select(k => k.Email?.ToUpperInvariant()).OfType<string>().Distinct().ToList();
        var linked = await db.Leads.SeenBy(actor).Where(l => l.Id == leadId).Select(l => l.ConvertedCustomerId).SingleOrDefaultAsync(ct);
        var found = await db.Customers.AsNoTracking().Where(c => c.Id == linked || phones.Contains(c.Phone!) || emails.Contains(c.NormalizedEmail!)).OrderByDescending(c => c.Id == linked).ThenBy(c => c.Id).Take(Most)
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.Phone, c.Email, c.Number, c.City }).ToListAsync(ct);
        return found.ConvertAll(c => new ConversionCandidate(c.Id, CustomerName.Of(c.FirstName, c.LastName, c.Phone, c.Email, c.Number),
            string.Join(" · ", new[] { c.City, c.Email }.OfType<string>()), c.Id == linked ? "linked already" : phones.Contains(c.Phone ?? "") ? "same phone" : "same e-mail"));
    }

    /// <summary>Converts; the card goes on top of its new column.</summary>
    /// <returns>The card, or <see cref="ConversionNotAllowed"/>, <see cref="LeadNotFound"/>, <see cref="LeadAlreadyConverted"/>, every complaint about the new customer, or <see cref="CustomerTaken"/>.</returns>
    public async Task<Result<LeadMoved>> ConvertAsync(Guid leadId, ConversionEdit edit, LeadPlace place, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (!actor.May(Permission.EditCustomers)) return new ConversionNotAllowed();
        try
        {
            return await ConvertOnceAsync(leadId, edit, place, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadBusy();
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            return new ConflictError("Somebody added this customer a moment ago. Look at the known customers again.");
        }
    }

    private async Task<Result<LeadMoved>> ConvertOnceAsync(Guid leadId, ConversionEdit edit, LeadPlace place, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await LeadRanks.LockAsync(db, ct);
        var rank = await LeadRanks.FindAsync(db, leadId, LeadStatus.Converted, place, ct);
        var lead = await db.Leads.SeenBy(actor).SingleOrDefaultAsync(l => l.Id == leadId, ct);
        if (lead is null) return new LeadNotFound();
        if (lead.ConvertedCustomerId is { } linked && linked != edit.LinkedId && linked != edit.CustomerId) return await AlreadyAsync(db, linked, ct);
        if ((await CustomerAsync(db, lead, edit, ct)).Failed(out var complaint, out var customerId)) return complaint;

        var from = lead.Status;
        lead.ConvertTo(customerId, rank, shop.Now);
        await db.SaveChangesAsync(ct);
        var card = await LeadBoardQueries.Cards(db, db.Leads.AsNoTracking().Where(l => l.Id == leadId)).SingleAsync(ct);
        await write.CommitAsync(ct);
        return new LeadMoved(card, from);
    }

    private static async Task<LeadAlreadyConverted> AlreadyAsync(CrmDbContext db, Guid customerId, CancellationToken ct)
    {
        var known = await db.Customers.AsNoTracking().Where(c => c.Id == customerId).Select(c => new { c.FirstName, c.LastName, c.Phone, c.Email, c.Number }).SingleAsync(ct);
        return new LeadAlreadyConverted(customerId, CustomerName.Of(known.FirstName, known.LastName, known.Phone, known.Email, known.Number));
    }

    private async Task<Result<Guid>> CustomerAsync(CrmDbContext db, Lead lead, ConversionEdit edit, CancellationToken ct)
    {
        if (edit.CustomerId is { } known)
            return await db.Customers.AnyAsync(c => c.Id == known, ct) ? known : new CustomerNotFound();
        var wanted = new NewCustomer { FirstName = edit.FirstName, LastName = edit.LastName, Email = edit.Email, Phone = edit.Phone, City = lead.City };
        return (await customers.AddAsync(db, wanted, ct)).Failed(out var refusal, out var added) ? refusal : added.Id;
    }
}
