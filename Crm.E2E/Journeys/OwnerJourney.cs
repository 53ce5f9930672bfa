using System.Text;

namespace Crm.E2E.Journeys;

/// <summary>The owner looks at the day, takes lists and reports home, and reads past trade in.</summary>
[Collection(StreetCollection.Name)]
public sealed class OwnerJourney(Street street)
{
    [Theory, OnBothDatabases, Trait("contract", "M-156"), Trait("contract", "M-102")]
    public async Task The_dashboard_shows_real_trade(string database)
    {
        await using var owner = await (await street.ComeAsync(street.Shop(database))).SignInAsync("owner");
        var page = owner.Page;

        await Assertions.Expect(page.GetByText("Customers who bought")).ToBeVisibleAsync();
        foreach (var heading in (string[])["Revenue", "Pipeline", "Reminders", "Low stock", "Just now", "Who comes back", "Top products", "Top customers"])
            await Assertions.Expect(page.GetByText(heading).First).ToBeVisibleAsync();
        Assert.Empty(owner.Complaints);
    }

    [Theory, OnBothDatabases, Trait("contract", "M-104"), Trait("contract", "M-131")]
    public async Task Lists_and_reports_download_with_names_intact(string database)
    {
        await using var owner = await (await street.ComeAsync(street.Shop(database))).SignInAsync("owner");

        var customers = await owner.Page.APIRequest.GetAsync("/customers/export.csv");
        var leads = await owner.Page.APIRequest.GetAsync("/leads/export.csv");
        var report = await owner.Page.APIRequest.GetAsync("/reports/sales.pdf");

        Assert.All([customers, leads, report], answer => Assert.Equal(200, answer.Status));
        var bytes = await customers.BodyAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Contains("Nkẹ́chi", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("Mama Nkechi's Kitchen", await leads.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("%PDF", Encoding.ASCII.GetString((await report.BodyAsync())[..4]));
    }
}
