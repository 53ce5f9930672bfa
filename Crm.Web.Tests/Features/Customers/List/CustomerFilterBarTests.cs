using Bunit;
using Crm.Data.Customers;
using Crm.Web.Features.Customers.List;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Tests.Features.Customers.List;

public sealed class CustomerFilterBarTests : BunitContext
{
    private static readonly CustomerListQuery Narrow = new()
    {
        Tier = CustomerListQuery.NoTier, City = "Ajax", Diet = Diet.NutAllergy, Verified = false, HasAccount = true, Active = false,
        JoinedFrom = new(2024, 1, 1), JoinedTo = new(2024, 1, 31), Cursor = new Cursor("5", Guid.CreateVersion7()),
    };

    [Fact, Trait("contract", "M-083")]
    public void Every_filter_in_force_has_its_chip_and_its_cross_takes_only_itself_away()
    {
        Services.AddSingleton(TimeProvider.System);
        var asked = new List<CustomerListQuery>();
        var bar = Render<CustomerFilterBar>(p => p.Add(b => b.List, Narrow).Add(b => b.OnChange, asked.Add));

        Assert.Equal(["No tier", "Ajax", "Nut allergy", "Not verified", "Has an account", "Inactive", "Joined 1 Jan 2024 to 31 Jan 2024"], bar.FindAll(".chip.on").Select(c => c.TextContent.Trim()));
        for (var i = 0; i < 7; i++) bar.FindAll(".chip.on button")[i].Click();

        Assert.All(asked, list => Assert.Null(list.Cursor));
        Assert.Equal(Narrow.FromStart() with { City = null }, asked[1]);
        Assert.Equal(Narrow.FromStart() with { JoinedFrom = null, JoinedTo = null }, asked[6]);
    }

    [Fact]
    public void A_choice_in_the_form_starts_the_list_anew()
    {
        Services.AddSingleton(TimeProvider.System);
        CustomerListQuery? asked = null;
        var bar = Render<CustomerFilterBar>(p => p.Add(b => b.List, Narrow).Add(b => b.OnChange, list => asked = list)
            .Add(b => b.Choices, new CustomerListChoices([new("Toronto", 12)], ["Gold"])));

        bar.Find("#filter-tier").Change("Gold");
        Assert.Equal(Narrow.FromStart() with { Tier = "Gold" }, asked);
        bar.Find("#filter-verified").Change("");
        Assert.Equal(Narrow.FromStart() with { Verified = null }, asked);
        bar.Find("#filter-from").Change("2024-05-06");
        Assert.Equal(Narrow.FromStart() with { JoinedFrom = new(2024, 5, 6) }, asked);
    }
}
