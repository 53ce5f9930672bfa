using Crm.Web.Platform.Addresses;

namespace Crm.Web.Tests.Platform.Addresses;

public sealed class PostalCodeTests
{
    [Theory, Trait("contract", "M-176")]
    [InlineData("CA", "m1p4n7", "M1P 4N7")]
    [InlineData("CA", " M1P  4N7 ", "M1P 4N7")]
    [InlineData("US", "14201", "14201")]
    [InlineData("US", "14201-1234", "14201-1234")]
    [InlineData("GB", "se154ql", "SE15 4QL")]
    [InlineData("GB", "M1 1AE", "M1 1AE")]
    [InlineData("KE", "00100", "00100")]
    [InlineData("NG", "101233", "101233")]
    [InlineData("GH", "ga-183", "GA-183")]
    [InlineData("HT", "ht6110", "HT6110")]
    public void A_code_is_written_as_its_country_does(string country, string typed, string code)
    {
        Assert.True(PostalCode.TryParse(typed, country, out var read));
        Assert.Equal(code, read);
    }

    [Theory, Trait("contract", "M-176")]
    [InlineData("CA", "M1P")]
    [InlineData("CA", "D1P 4N7")]
    [InlineData("CA", "14201")]
    [InlineData("US", "1420")]
    [InlineData("GB", "SE15")]
    [InlineData("KE", "0010")]
    [InlineData("GH", "<b>")]
    [InlineData("GH", "1234567890123")]
    [InlineData("CA", "")]
    [InlineData("CA", null)]
    public void What_cannot_be_a_code_of_the_country_is_refused(string country, string? typed)
    {
        Assert.False(PostalCode.TryParse(typed, country, out _));
        Assert.NotEmpty(PostalCode.Complaint(country));
    }

    [Fact]
    public void Countries_are_offered_by_name()
    {
        Assert.Equal("Trinidad and Tobago", Countries.Name("TT"));
        Assert.Equal("ZZ", Countries.Name("ZZ"));
        Assert.True(Countries.Has("CA"));
        Assert.False(Countries.Has("Canada"));
        Assert.Equal(Countries.All.Count, Countries.All.Select(c => c.Name).Distinct().Count());
    }
}
