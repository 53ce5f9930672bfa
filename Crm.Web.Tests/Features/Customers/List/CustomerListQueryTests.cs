using Crm.Data.Customers;
using Crm.Web.Features.Customers.List;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Tests.Features.Customers.List;

public sealed class CustomerListQueryTests
{
    public static TheoryData<CustomerListQuery> Lists =>
    [
        new CustomerListQuery(),
        new CustomerListQuery { Search = "Nkẹ́chi & co, (416)", Sort = CustomerColumn.Name, Descending = false },
        new CustomerListQuery { Sort = CustomerColumn.City, Descending = true, Verified = false, Active = true, HasAccount = false },
        new CustomerListQuery { Tier = "Gold & more", City = "Saint-Jérôme", Diet = Diet.NutAllergy, JoinedFrom = new(2024, 1, 31), JoinedTo = new(2024, 2, 29) },
        new CustomerListQuery { Cursor = Cursor.At(1250L, Guid.Parse("01900000-0000-7000-8000-00000000000a")) },
        new CustomerListQuery { Sort = CustomerColumn.LastOrder, Cursor = new Cursor(null, Guid.Parse("01900000-0000-7000-8000-00000000000a")), Backwards = true },
    ];

    [Theory, MemberData(nameof(Lists))]
    public void The_address_carries_the_whole_list(CustomerListQuery list)
    {
        var address = new Uri("http://shop" + list.ToAddress("/customers"));

        Assert.Equal(list, CustomerListQuery.Read(address.Query));
    }

    [Theory]
    [InlineData("?sort=password&dir=sideways&diet=42&verified=maybe&from=yesterday&after=1&q=%20")]
    [InlineData("?sort=99&tier=")]
    public void What_is_not_understood_is_left_out(string address) => Assert.Equal(new CustomerListQuery(), CustomerListQuery.Read(address));

    [Fact]
    public void The_plain_list_has_a_plain_address() => Assert.Equal("/customers", new CustomerListQuery().ToAddress("/customers"));

    [Fact]
    public void Order_and_place_do_not_narrow_a_list()
    {
        Assert.False(new CustomerListQuery { Sort = CustomerColumn.Name, Cursor = new Cursor("a", Guid.Empty) }.IsNarrowed);
        Assert.True(new CustomerListQuery { Active = true }.IsNarrowed);
    }
}
