using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

/// <summary>Opportunities as tests need them, through the service.</summary>
static class GivenDeals
{
    public static async Task<Guid> DealAsync(this TestShop shop, string title, int stage = 0, string? amount = null, DateOnly? expected = null, TestPerson? owner = null, Guid? leadId = null, Guid? customerId = null)
    {
        var desk = shop.As(TestPeople.Manager);
        var edit = new OpportunityEdit
        {
            Title = title,
            Amount = amount,
            ExpectedOn = expected,
            OwnerId = owner?.UserId,
            LeadId = leadId,
            CustomerId = customerId ?? (leadId is null ? TestPeople.CustomerA.CustomerId : null),
            StageId = (await shop.StagesAsync())[stage].Id,
        };
        return (await desk.Get<OpportunityService>().CreateAsync(edit, null, null, CancellationToken.None)).Value;
    }

    /// <summary>Lead, Qualified, Proposal, Negotiation, Won, Lost.</summary>
    public static async Task<IReadOnlyList<StageRow>> StagesAsync(this TestShop shop) => (await shop.As(TestPeople.Manager).Get<OpportunityQueries>().StagesAsync(CancellationToken.None)).Value;
}
