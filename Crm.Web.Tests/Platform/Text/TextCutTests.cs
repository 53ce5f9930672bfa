using Crm.Web.Features.Customers.List;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Text;
using Crm.Web.Ui.Forms;

namespace Crm.Web.Tests.Platform.Text;

public sealed class TextCutTests
{
    [Theory]
    [InlineData("yam", 5, "yam")]
    [InlineData("plantain", 5, "plant")]
    [InlineData("ab\U0001F96D", 3, "ab")]
    [InlineData("ab\U0001F96D", 4, "ab\U0001F96D")]
    public void A_character_of_two_halves_is_never_split(string text, int length, string expected) => Assert.Equal(expected, TextCut.To(text, length));

    [Fact]
    public void A_long_search_is_cut_alike_on_screen_in_the_address_and_in_the_file()
    {
        var typed = "a" + string.Concat(Enumerable.Repeat("\U0001F96D", 150));

        var leads = new LeadFilter { Search = typed };
        Assert.Equal(SearchBox.MaxLength - 1, leads.Search!.Length);
        Assert.Equal(leads.Search, LeadFilter.Parse(leads.ToQuery()).Search);
        var customers = new CustomerListQuery { Search = typed };
        Assert.Equal(leads.Search, customers.Search);
        Assert.Equal(customers, CustomerListQuery.Read(new Uri("http://x" + customers.ToAddress("/customers/export.csv")).Query));
        Assert.Equal(customers.Search, CustomerListQuery.Read("?q=" + Uri.EscapeDataString(typed)).Search);
    }
}
