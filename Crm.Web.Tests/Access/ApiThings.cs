using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Access;

/// <summary>Makes what an address of the API is about, anew for each call, since calls use things up.</summary>
static class ApiThings
{
    /// <returns>The id for the address.</returns>
    public static async Task<Guid> AddAsync(TestSite site, string route, Visitor visitor)
    {
        var kind = route.Split('/')[2];
        if (kind == "users") return (await Given.AccountAsync(site.Open, Roles.Agent, hash: "none")).Id;
        await using var db = site.Open();
        var now = site.Clock.Now;
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, CancellationToken.None), CreatedAt = now };
        lead.Describe("Accra Grill House", null, null, null, null, null, null, null);
        lead.MoveTo(LeadStatus.New, 0, now);
        db.Leads.Add(lead);
        var id = kind is "leads" ? lead.Id : PartOf(db, kind, lead.Id, visitor, now);
        await db.SaveChangesAsync();
        return kind is "audit-logs" or "auditlogs" ? await db.AuditEntries.Where(a => a.EntityId == lead.Id).Select(a => a.Id).SingleAsync() : id;
    }

    private static Guid PartOf(CrmDbContext db, string kind, Guid lead, Visitor visitor, DateTime now) => kind switch
    {
        "contacts" => Add(db, new LeadContact { LeadId = lead, CreatedAt = now }, c => c.Describe("Kwame", null, null, null, null, now)),
        "notes" => Add(db, new LeadNote { LeadId = lead, CreatedAt = now }, n => n.Write("Words", now)),
        "reminders" => Add(db, new Reminder { LeadId = lead, CreatedAt = now }, r => r.Plan("Call", null, now, null, now)),
        "correspondences" => Add(db, new Correspondence { LeadId = lead, Subject = "Yam", HappenedAt = now, CreatedAt = now }, _ => { }),
        "opportunities" => Add(db, new Opportunity { CreatedAt = now }, o => Plan(o, lead, First(db), now)),
        "interactions" => Add(db, new Interaction { CustomerId = (Who.PersonOf(visitor)?.CustomerId ?? TestPeople.CustomerA.CustomerId)!.Value, CreatedAt = now }, i => i.Describe("Call", "Yam", "", now, now)),
        _ => Guid.Empty,
    };

    private static OpportunityStage First(CrmDbContext db) => db.OpportunityStages.OrderBy(s => s.Position).First();

    private static void Plan(Opportunity deal, Guid lead, OpportunityStage stage, DateTime now)
    {
        deal.Describe("Weekly yam", null, 0, null, null, now);
        deal.BelongTo(lead, null);
        deal.MoveTo(stage, 0, now);
    }

    private static Guid Add<T>(CrmDbContext db, T row, Action<T> fill) where T : Entity
    {
        fill(row);
        db.Add(row);
        return row.Id;
    }
}
