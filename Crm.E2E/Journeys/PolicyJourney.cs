using System.Text.RegularExpressions;

namespace Crm.E2E.Journeys;

/// <summary>Every page there is, opened by a stranger, the owner and a customer: none may break the content security policy.</summary>
[Collection(StreetCollection.Name)]
public sealed partial class PolicyJourney(Street street)
{
    [Theory]
    [InlineData(null)]
    [InlineData("owner")]
    [InlineData("customer")]
    [Trait("contract", "M-051")]
    public async Task No_page_runs_or_loads_what_the_policy_forbids(string? person)
    {
        await using var visitor = await street.ComeAsync(street.Sqlite);
        if (person is not null) await visitor.SignInAsync(person);
        var pages = Pages();
        Assert.True(pages.Count > 40, $"only {pages.Count} pages were found");

        foreach (var page in pages)
            await visitor.Page.GoAsync(page);
        Assert.DoesNotContain(visitor.Complaints, c => !c.StartsWith("500 ", StringComparison.Ordinal) || !c.EndsWith("/error", StringComparison.Ordinal));
    }

    // As the source says it, so that a new page is never forgotten.
    private static List<string> Pages() =>
    [
        "/", "/api/docs/",
        .. Directory.EnumerateFiles(Path.Combine(House.Root, "Crm.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Route().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .Select(route => Parameter().Replace(route, m => m.Value.Contains(":int", StringComparison.Ordinal) ? "404" : $"{Guid.CreateVersion7()}"))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline, 1000)]
    private static partial Regex Route();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
