using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Xunit.Abstractions;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>
/// The whole UCI file, when it lies beside the checkout: its 541,909 lines give the figures that others have published for it.
/// Where it is missing the sample is proved instead, and the output says so.
/// </summary>
[Trait("data", "full")]
public sealed class OnlineRetailFullFileTests(ITestOutputHelper output)
{
    [Theory, BothDatabases]
    public async Task The_whole_file_gives_the_published_figures(DatabaseKind kind)
    {
        var (path, name) = OnlineRetailFiles.Whole is { } whole ? (whole, "online-retail") : (OnlineRetailFiles.Sample, "online-retail-sample");
        output.WriteLine(name == "online-retail" ? $"The whole file: {path}" : "The whole file is not on this machine (shared/data/online-retail/OnlineRetail.csv.gz beside the checkout): the sample was proved instead.");
        var expected = OnlineRetailFiles.Figures(name);
        await using var shop = await TestShop.OpenAsync(kind);

        var outcome = await shop.ImportAsync(path);

        await using var db = shop.Open();
        var counted = await OnlineRetailFigures.CountAsync(db, expected with { Lines = outcome.LinesTotal, LeftOut = outcome.Reasons });
        Assert.Equal(expected.ToText(), counted.ToText());
        if (name == "online-retail") AssertPublished(counted);

        var trade = await TableContents.ReadAsync(db, "ImportRuns");
        var second = await shop.ImportAsync(path);
        Assert.True(second.Tally.IsEmpty);
        Assert.Equal(trade, await TableContents.ReadAsync(db, "ImportRuns"));
    }

    // As printed by others; sources in docs/data-sources.md. Ours rounds each line once to pence, which here changes no total.
    private static void AssertPublished(OnlineRetailFigures figures)
    {
        Assert.Equal((541_909, 4_338, 18_532, 8_911_407_90), (figures.Lines, figures.Customers, figures.Orders, figures.Revenue));
        Assert.Equal([885, 741, 758, 974, 856, 1056, 991, 949, 935, 1266, 1364, 1664, 615], figures.Months.Values.Select(m => m[1]));
        Assert.Equal(
            [572_713_89, 569_445_04, 447_137_35, 595_500_76, 469_200_36, 678_594_56, 661_213_69, 600_091_01, 645_343_90, 952_838_38, 1_039_318_79, 1_161_817_38, 518_192_79],
            figures.Months.Values.Select(m => m[0]));
        Assert.Equal([1400, 987, 997, 1321, 1149, 1555, 1393, 1331, 1280, 1755, 1929, 2657, 778], figures.Months.Values.Select(m => m[2]));
        Assert.Equal([885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235], figures.Cohorts["2010-12"]);
        Assert.Equal([417, 92, 111, 96, 134, 120, 103, 101, 125, 136, 152, 49], figures.Cohorts["2011-01"]);
        Assert.Equal([323, 36], figures.Cohorts["2011-11"]);
        Assert.Equal(["14646 28020602", "18102 25965730", "17450 19455079", "16446 16847250", "14911 14382506"], figures.TopCustomers.Take(5).Select(t => $"{t[0]} {t[1]}"));
        Assert.Equal(["United Kingdom 730839155", "Netherlands 28544634", "Ireland 26554590", "Germany 22886714", "France 20902405", "Australia 13852131"],
            figures.TopCountries.Take(6).Select(t => $"{t[0]} {t[1]}"));
    }
}
