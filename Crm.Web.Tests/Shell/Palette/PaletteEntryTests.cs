using Crm.Web.Shell.Palette;

namespace Crm.Web.Tests.Shell.Palette;

public sealed class PaletteEntryTests
{
    [Theory]
    [InlineData("New lead", "new", 0)]
    [InlineData("New lead", "NEW L", 0)]
    [InlineData("New lead", "lead", 1)]
    [InlineData("New lead", "enq", 1)]
    [InlineData("New lead", "nwld", 2)]
    [InlineData("New lead", "xyz", null)]
    [InlineData("Leads due today", "ldt", 2)]
    public void An_entry_fits_by_its_beginning_by_a_word_or_by_its_letters(string label, string typed, int? fit) =>
        Assert.Equal(fit, PaletteEntry.All.Single(e => e.Label == label).Fits(typed));

    [Fact]
    public void Every_entry_has_a_label_of_its_own_and_an_address_of_the_shop()
    {
        Assert.Equal(PaletteEntry.All.Count, PaletteEntry.All.Select(e => e.Label).Distinct().Count());
        Assert.All(PaletteEntry.All, e => Assert.StartsWith("/", e.Href, StringComparison.Ordinal));
    }
}
