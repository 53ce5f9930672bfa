using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>Leads as tests need them, stored past the services.</summary>
static class GivenLeads
{
    /// <summary>What open boards hear, by the machine's clock: its rests pass while the shop's clock stands.</summary>
    public static LeadLive LiveLeads(this TestShop shop) =>
        new(shop.Get<CrmDatabase>(), shop.Get<ChangeFeed>(), shop.Get<LeadMemory>(), shop.Get<Web.Features.Settings.Shop>(), TimeProvider.System, NullLogger<LeadLive>.Instance);

    /// <summary>One lead; places within a column are a rank step apart, in the order in which they are given.</summary>
    public static async Task<Guid> LeadAsync(this TestShop shop, string name, LeadStatus status = LeadStatus.New, long value = 0, TestPerson? owner = null,
        LeadPriority priority = LeadPriority.Medium, string? source = null, string? nextStep = null, DateTime? nextStepAt = null, DateTime? touchedAt = null, long? rank = null)
    {
        await using var db = shop.Open();
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, CancellationToken.None), CreatedAt = shop.Clock.Now };
        lead.Describe(name, null, "Caterer", "Nairobi", null, null, source, null);
        lead.Rate(priority, new Money(value));
        lead.Assign(owner?.UserId, owner?.UserId, shop.Clock.Now);
        lead.PlanNext(nextStep, nextStepAt);
        var place = rank ?? lead.Number * Lead.RankStep;
        if (status is LeadStatus.Lost) lead.Lose(LostReason.Price, null, place, touchedAt ?? shop.Clock.Now);
        else lead.MoveTo(status, place, touchedAt ?? shop.Clock.Now);
        db.Leads.Add(lead);
        await db.SaveChangesAsync();
        return lead.Id;
    }

    /// <summary>Many leads of one column in one save.</summary>
    public static async Task<Guid[]> LeadsAsync(this TestShop shop, int count, LeadStatus status, long value = 100)
    {
        await using var db = shop.Open();
        db.MassWrite = "many leads";
        var leads = new List<Lead>();
        for (var i = 0; i < count; i++)
        {
            var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, CancellationToken.None), CreatedAt = shop.Clock.Now };
            lead.Describe($"Lead {i:0000}", null, null, null, null, null, null, null);
            lead.Rate(LeadPriority.Medium, new Money(value));
            lead.MoveTo(status, i * Lead.RankStep, shop.Clock.Now);
            leads.Add(lead);
        }
        db.Leads.AddRange(leads);
        await db.SaveChangesAsync();
        return [.. leads.Select(l => l.Id)];
    }
}
