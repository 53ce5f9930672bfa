using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Tags;

public sealed class LeadTagsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_tag_is_a_word_in_lower_case_added_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var desk = shop.As(TestPeople.Agent);
        var tags = desk.Get<LeadTags>();

        Assert.Equal("west african", (await tags.AddAsync(lead, " #West   African ", Ct)).Value);
        Assert.Equal("west african", (await tags.AddAsync(lead, "WEST AFRICAN", Ct)).Value);
        Assert.Equal("halal", (await tags.AddAsync(lead, "Halal", Ct)).Value);
        Assert.Equal(["halal", "west african"], (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Tags);
        Assert.Equal(["halal", "west african"], (await tags.KnownAsync(Ct)).Value);

        Assert.Null((await tags.RemoveAsync(lead, "Halal", Ct)).Error);
        Assert.Null((await tags.RemoveAsync(lead, "halal", Ct)).Error);
        Assert.Equal(["west african"], (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Tags);
        var told = (await desk.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.Changes, Ct)).Value.Lines.Select(l => $"{l.Head} {l.Strong}");
        Assert.Contains("took away the tag halal", told);
    }

    [Theory, BothDatabases]
    public async Task Too_long_too_many_or_nothing_is_refused_at_the_field(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var tags = shop.As(TestPeople.Agent).Get<LeadTags>();
        for (var i = 0; i < LeadTags.Most; i++) Assert.Null((await tags.AddAsync(lead, $"tag {i}", Ct)).Error);

        foreach (var word in new[] { "one more", new string('x', 41), "  ", "#" })
            Assert.NotNull(Assert.IsType<InvalidError>((await tags.AddAsync(lead, word, Ct)).Error).For("Name"));
        Assert.IsType<LeadNotFound>((await tags.AddAsync(Guid.Empty, "halal", Ct)).Error);
    }
}
