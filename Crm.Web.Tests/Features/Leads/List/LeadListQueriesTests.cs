using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadListQueriesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-130")]
    public async Task Every_column_orders_the_list_and_pages_through_it_once_both_ways(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        TestPerson?[] owners = [null, TestPeople.Agent, TestPeople.OtherAgent, TestPeople.Manager];
        for (var at = 0; at < LeadListQueries.PageSize * 2 + 7; at++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var id = await shop.LeadAsync($"Lead {at % 40:00}", (LeadStatus)(at % 3), at % 7 * 100, owners[at % 4], (LeadPriority)(at % 3), at % 2 == 0 ? "Fair" : null, at % 5 == 0 ? null : "Call", at % 5 == 0 ? null : shop.Clock.Now.AddDays(at % 9));
            await using var db = shop.Open();
            if (at % 3 > 0) db.LeadTags.Add(new LeadTag { LeadId = id, Name = at % 3 == 1 ? "halal" : "wholesale" });
            await db.SaveChangesAsync();
        }
        var queries = shop.As(TestPeople.Agent).Get<LeadListQueries>();
        foreach (var sort in Enum.GetValues<LeadColumn>())
        {
            foreach (var descending in new[] { false, true })
            {
                var query = new LeadListQuery { Sort = sort, Descending = descending };
                var forwards = new List<Guid>();
                var page = (await queries.PageAsync(query, Ct)).Value;
                for (; ; page = (await queries.PageAsync(query with { Cursor = page.Rows[^1].CursorBy(sort) }, Ct)).Value)
                {
                    forwards.AddRange(page.Rows.Select(r => r.Id));
                    if (!page.HasLater) break;
                }
                Assert.True(forwards.Count == 107 && forwards.Distinct().Count() == 107, $"{sort} shows {forwards.Count} of 107");
                var back = (await queries.PageAsync(query with { Cursor = page.Rows[0].CursorBy(sort), Backwards = true }, Ct)).Value;
                Assert.Equal(forwards.Skip(50).Take(50), back.Rows.Select(r => r.Id));
            }
        }
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-131")]
    public async Task Every_filter_narrows_the_list_its_totals_and_its_address(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var plain = await shop.LeadAsync("Plain", value: 100);
        shop.Clock.Advance(TimeSpan.FromDays(2));
        var full = await shop.LeadAsync("Full", LeadStatus.Qualified, 50_000, TestPeople.Agent, LeadPriority.High, "Fair", "Call", shop.Clock.Now.AddDays(3));
        await using (var db = shop.Open())
        {
            db.LeadTags.Add(new LeadTag { LeadId = full, Name = "halal" });
            await db.SaveChangesAsync();
        }
        var queries = shop.As(TestPeople.Agent).Get<LeadListQueries>();
        LeadFilter[] filters =
        [
            new() { Statuses = [LeadStatus.Qualified, LeadStatus.Lost] }, new() { Priorities = [LeadPriority.High] }, new() { Agents = [TestPeople.Agent.UserId] }, new() { Sources = ["Fair"] },
            new() { Tags = ["halal", "other"] }, new() { Value = new(20_000, null) }, new() { Created = new(new DateOnly(2026, 11, 21), null) }, new() { NextStep = new(new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 25)) },
            new() { Search = "ful" }, new() { Ids = [full] }, new() { Cities = ["Nairobi"], Mine = true },
        ];
        foreach (var filter in filters)
        {
            var read = LeadListQuery.Read(new LeadListQuery { Filter = filter }.ToAddress()[LeadListQuery.Path.Length..]);
            Assert.Equal(filter.ToQuery(), read.Filter.ToQuery());
            Assert.Equal(full, Assert.Single((await queries.PageAsync(read, Ct)).Value.Rows).Id);
            Assert.Equal(new LeadListTotals(1, 50_000), (await queries.TotalsAsync(read.Filter, Ct)).Value);
        }
        Assert.Equal(plain, Assert.Single((await queries.PageAsync(new LeadListQuery { Filter = new LeadFilter { Value = new(null, 100), Created = new(null, new DateOnly(2026, 11, 20)) } }, Ct)).Value.Rows).Id);
    }

    [Fact]
    public void An_address_says_columns_order_and_view_and_nonsense_is_left_out()
    {
        var view = Guid.CreateVersion7();
        var query = new LeadListQuery { Filter = new LeadFilter { View = view, Search = "feast" }, Sort = LeadColumn.Value, Descending = false, Columns = [LeadColumn.Name, LeadColumn.City] };

        Assert.Equal($"/leads/list?q=feast&view={view:N}&sort=value&cols=name%2Ccity", query.ToAddress());
        var read = LeadListQuery.Read(query.ToViewQuery());
        Assert.Equal((LeadColumn.Value, false, view), (read.Sort, read.Descending, read.Filter.View));
        Assert.Equal(query.Columns, read.Columns);
        Assert.Equal("/leads/list", LeadListQuery.Read("?sort=nothing&cols=x,y&status=maybe&valuefrom=much&createdfrom=0026&after=z").ToAddress());
        Assert.Equal($"/leads/list?q=feast&view={view:N}&sort=value&cols=name%2Ccity", LeadView.AddressOf(LeadView.Kept(LeadView.ListQuery(query)), view));
        Assert.Equal($"/leads?q=feast&view={view:N}", LeadView.AddressOf(LeadView.Kept("?q=feast&view=" + view.ToString("N")), view));
    }
}
