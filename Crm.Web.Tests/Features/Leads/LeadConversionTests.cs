using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Api;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadConversionTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_lead_becomes_a_new_customer_in_one_go(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Auntie Merle's Roti", LeadStatus.Qualified, 3150_00);

        var moved = (await Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = "Merle", LastName = "Ramsaran", Phone = "(868) 622-1234" }, LeadPlace.Top, Ct)).Value;

        Assert.Equal((LeadStatus.Qualified, LeadStatus.Converted), (moved.From, moved.Card.Status));
        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Phone == "+18686221234", Ct);
        Assert.Equal(("Merle", "Ramsaran", "Nairobi"), (customer.FirstName, customer.LastName, customer.City));
        Assert.Equal(customer.Id, (await db.Leads.SingleAsync(Ct)).ConvertedCustomerId);

        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(lead, LeadStatus.Qualified, LeadPlace.Top, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(lead, LeadStatus.Converted, LeadPlace.Top, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task Whichever_way_a_lead_is_converted_its_opportunities_are_the_customers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Agent);
        var lead = (await desk.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Grill House", Email = "grill@mail.example" }, Ct)).Value;
        var first = await shop.DealAsync("Weekly yam", leadId: lead);

        Assert.Null((await desk.Get<LeadWriting>().ChangeAsync(lead, new LeadPatch { Status = LeadStatus.Converted }, Ct)).Error);
        var late = await shop.DealAsync("Monthly rice", leadId: lead);

        await using var db = shop.Open();
        var customer = (await db.Leads.SingleAsync(l => l.Id == lead, Ct)).ConvertedCustomerId;
        Assert.NotNull(customer);
        Assert.Equal([customer, customer], await db.Opportunities.Where(o => o.Id == first || o.Id == late).Select(o => o.CustomerId).ToListAsync(Ct));

        Assert.Null((await desk.Get<LeadMoves>().MoveAsync(lead, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);
        await db.Opportunities.Where(o => o.Id == late).ExecuteUpdateAsync(set => set.SetProperty(o => o.CustomerId, (Guid?)null), Ct);
        Assert.Null((await desk.Get<LeadMoves>().MoveAsync(lead, LeadStatus.Converted, LeadPlace.Top, Ct)).Error);
        Assert.Equal(customer, await db.Opportunities.Where(o => o.Id == late).Select(o => o.CustomerId).SingleAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task A_lead_is_linked_to_the_customer_it_already_is(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = (await shop.As(TestPeople.Agent).Get<LeadService>().CreateAsync(new LeadEdit { Name = "Otieno Catering" }, Ct)).Value;
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Achieng", Email = "Achieng@Example.com" }, Ct)).Error);

        var known = Assert.Single((await Conversion(shop).CandidatesAsync(lead, null, Ct)).Value);
        Assert.Equal((TestPeople.CustomerA.CustomerId, "Achieng Otieno", "same e-mail"), (known.Id, known.Name, known.Why));
        Assert.Equal(known.Id, Assert.Single((await Conversion(shop).CandidatesAsync(lead, "achieng", Ct)).Value).Id);

        Assert.Null((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { CustomerId = known.Id }, LeadPlace.Top, Ct)).Error);
        await using var db = shop.Open();
        Assert.Equal((2, known.Id), (await db.Customers.CountAsync(Ct), (await db.Leads.SingleAsync(Ct)).ConvertedCustomerId));
    }

    [Theory, BothDatabases]
    public async Task Two_agents_do_not_make_two_customers_of_one_lead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle Ramsaran");
        Assert.Null((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = "Merle", LastName = "Ramsaran" }, LeadPlace.Top, Ct)).Error);

        var refusal = Assert.IsType<LeadAlreadyConverted>((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = "Merle" }, LeadPlace.Top, Ct)).Error);
        Assert.Equal("Merle Ramsaran", refusal.Name);
        Assert.IsType<LeadAlreadyConverted>((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { CustomerId = TestPeople.CustomerA.CustomerId }, LeadPlace.Top, Ct)).Error);
        await using (var db = shop.Open())
            Assert.Equal((3, refusal.CustomerId), (await db.Customers.CountAsync(Ct), (await db.Leads.SingleAsync(Ct)).ConvertedCustomerId));

        Assert.Null((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { CustomerId = refusal.CustomerId }, LeadPlace.Top, Ct)).Error);
        // who knows of the link and wants another customer all the same gets it
        Assert.Null((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { CustomerId = TestPeople.CustomerA.CustomerId, LinkedId = refusal.CustomerId }, LeadPlace.Top, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_refused_conversion_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle");

        Assert.IsType<CustomerTaken>((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = "X", Email = "achieng@example.com" }, LeadPlace.Top, Ct)).Error);
        Assert.IsType<InvalidError>((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = "X", Phone = "12" }, LeadPlace.Top, Ct)).Error);
        Assert.IsType<CustomerNotFound>((await Conversion(shop).ConvertAsync(lead, new ConversionEdit { CustomerId = Guid.Empty }, LeadPlace.Top, Ct)).Error);

        await using var db = shop.Open();
        Assert.Equal((2, LeadStatus.New), (await db.Customers.CountAsync(Ct), (await db.Leads.SingleAsync(Ct)).Status));
    }

    [Theory, BothDatabases]
    public async Task A_lead_that_is_deleted_while_it_is_converted_with_an_opportunity_is_gone_and_nothing_else(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var turn = 0; turn < 6; turn++)
        {
            var lead = await shop.LeadAsync($"Merle {turn}");
            var converting = Conversion(shop).ConvertAsync(lead, new ConversionEdit { FirstName = $"Merle {turn}", Deal = new() { Title = "Weekly roti" } }, LeadPlace.Top, Ct);
            var deleting = shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(lead, Ct);
            await Task.WhenAll(converting, deleting);

            Assert.Null((await deleting).Error);
            var refusal = (await converting).Error;
            Assert.True(refusal is null or LeadNotFound, refusal?.Message);
            await using var db = shop.Open();
            var made = refusal is null ? 1 : 0;
            Assert.Equal((made, 0), (await db.Customers.CountAsync(c => c.FirstName == $"Merle {turn}", Ct), await db.Opportunities.CountAsync(o => o.LeadId != null, Ct)));
        }
    }

    private static LeadConversion Conversion(TestShop shop) => shop.As(TestPeople.Agent).Get<LeadConversion>();
}
