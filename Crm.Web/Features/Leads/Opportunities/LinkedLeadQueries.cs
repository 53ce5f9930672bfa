using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>A lead that became a customer, with the people at it.</summary>
public sealed record LinkedLead(Guid Id, long Number, string Name)
{
    public IReadOnlyList<LeadContactLine> People { get; init; } = [];
}

/// <summary>Reads the leads behind a customer, as far as whoever asks sees them.</summary>
public sealed class LinkedLeadQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    private const int Most = 20;

    /// <summary>The leads that became this customer, the latest first.</summary>
    public async Task<Result<IReadOnlyList<LinkedLead>>> OfAsync(Guid customerId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = await db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.ConvertedCustomerId == customerId && l.Status == LeadStatus.Converted)
            .OrderByDescending(l => l.StatusSince).ThenBy(l => l.Id).Take(Most).Select(l => new LinkedLead(l.Id, l.Number, l.Name)).ToListAsync(ct);
        var ids = leads.ConvertAll(l => l.Id);
        var people = (await db.LeadContacts.AsNoTracking().Where(c => ids.Contains(c.LeadId)).OrderByDescending(c => c.IsPrimary).ThenBy(c => c.Name).ThenBy(c => c.Id).Take(Most * Most)
            .Select(c => new { c.LeadId, Line = new LeadContactLine(c.Id, c.Name, c.Position, c.Email, c.Phone, c.Notes, c.IsPrimary) }).ToListAsync(ct)).ToLookup(c => c.LeadId, c => c.Line);
        return Result.Of<IReadOnlyList<LinkedLead>>(leads.ConvertAll(l => l with { People = [.. people[l.Id]] }));
    }
}
