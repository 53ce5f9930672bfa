namespace Crm.E2E.Journeys;

/// <summary>The figures of the first page follow what is chosen, from the first choice on.</summary>
[Collection(StreetCollection.Name)]
public sealed class TodayJourney(Street street)
{
    [Theory, OnBothDatabases]
    public async Task Looking_further_back_shows_other_figures_at_once(string database)
    {
        await using var visitor = await street.ComeAsync(street.Shop(database));
        await visitor.SignInAsync("owner");
        var page = visitor.Page;
        await Assertions.Expect(page.GetByText("in the same days last year")).ToBeVisibleAsync();
        await page.LiveAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "All", Exact = true }).CheckAsync(new() { Force = true });
        await Assertions.Expect(page.GetByText("every sale so far")).ToBeVisibleAsync();
        await page.WaitForURLAsync("**/today?span=ever");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Month", Exact = true }).CheckAsync(new() { Force = true });
        await Assertions.Expect(page.GetByText("in the same days last year")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }
}
