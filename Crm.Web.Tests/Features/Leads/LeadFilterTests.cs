using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadFilterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?q=nkechi%20k&agent=me&agent=nobody&priority=high&source=Trade%20fair%20%26%20co&when=late", "?q=nkechi%20k&agent=me&agent=nobody&priority=high&source=Trade%20fair%20%26%20co&when=late")]
    [InlineData("?agent=01900000-0000-7000-8000-000000000004&agent=rubbish", "?agent=01900000-0000-7000-8000-000000000004")]
    [InlineData("?priority=HIGH&priority=7&priority=nonsense&when=9", "?priority=high")]
    [InlineData("?when=stale&other=1", "?when=stale")]
    [InlineData("?q=", "")]
    public void What_an_address_says_is_what_it_says_again(string query, string expected) => Assert.Equal(expected, LeadFilter.Parse(query).ToQuery());

    [Fact]
    public void An_endless_address_is_cut_short()
    {
        var filter = LeadFilter.Parse("?q=" + new string('x', 5000) + string.Concat(Enumerable.Range(0, 500).Select(i => $"&source=s{i}")));

        Assert.Equal((100, 50), (filter.Search!.Length, filter.Sources.Count));
    }

    [Fact]
    public void Each_question_ticks_and_clears_its_own_part()
    {
        StaffMember[] agents = [new(TestPeople.Agent.UserId, "Ama Boakye", Roles.Agent, true), new(TestPeople.Manager.UserId, "Malik Thompson", Roles.Manager, true)];
        var filter = new LeadFilter { Search = "x" };
        foreach (var (question, key) in new[] { ("agent", agents[0].Id.ToString()), ("agent", "nobody"), ("priority", "High"), ("source", "Fair"), ("when", "Late") })
            filter = Of(filter, question).Choose(filter, key, true);

        Assert.Equal($"?q=x&agent=nobody&agent={agents[0].Id}&priority=high&source=Fair&when=late", filter.ToQuery());
        Assert.Equal(["Ama, Nobody yet", "High", "Fair", "Late"], FilterQuestion.All(filter, agents, ["Fair"]).Select(q => q.Ticked));
        Assert.Equal($"?q=x&agent={agents[0].Id}&priority=high&source=Fair&when=late", Of(filter, "agent").Choose(filter, "nobody", false).ToQuery());
        Assert.Equal("?q=x", FilterQuestion.All(filter, agents, []).Aggregate(filter, (f, q) => q.Clear(f)).ToQuery());

        FilterQuestion Of(LeadFilter now, string key) => FilterQuestion.All(now, agents, ["Fair"]).Single(q => q.Key == key);
    }
}
