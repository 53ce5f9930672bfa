using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>The customer that a lead becomes when nobody chooses one: who has the same phone number or address, else a new one of its primary contact or itself.</summary>
public sealed class LeadCustomer(CustomerIntake customers)
{
    /// <summary>Asks nobody for a right; the caller has, and saves.</summary>
    /// <returns>The id, or why no customer can be made of it.</returns>
    internal async Task<Result<Guid>> OfAsync(CrmDbContext db, Lead lead, CancellationToken ct)
    {
        var people = await db.LeadContacts.AsNoTracking().Where(c => c.LeadId == lead.Id).OrderByDescending(c => c.IsPrimary).ThenBy(c => c.Name).Take(100).ToListAsync(ct);
        var phones = people.Select(p => p.Phone).Append(lead.Phone).OfType<string>().Distinct().ToList();
        var emails = people.Select(p => p.Email).Append(lead.Email).OfType<string>().Select(e => e.ToUpperInvariant()).Distinct().ToList();
        if (await db.Customers.Where(c => phones.Contains(c.Phone!) || emails.Contains(c.NormalizedEmail!)).OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct) is { } known) return known;

        var person = people.Find(p => p.IsPrimary);
        var words = (person?.Name ?? lead.Name).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var wanted = new NewCustomer
        {
            FirstName = words.FirstOrDefault(),
            LastName = words.Length > 1 ? words[1] : null,
            Email = person?.Email ?? lead.Email,
            Phone = person?.Phone ?? lead.Phone,
            City = lead.City,
        };
        return (await customers.AddAsync(db, wanted, ct)).Failed(out var refusal, out var added) ? refusal : added.Id;
    }
}
