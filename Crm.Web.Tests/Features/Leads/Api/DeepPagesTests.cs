using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Api;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Api;

[Trait("contract", "M-165")]
public sealed class DeepPagesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Any_page_is_right_whatever_was_read_before_and_after_the_first_look_nothing_is_counted_off(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        shop.Get<Hearing>().Prove(TimeSpan.FromDays(1));
        await shop.LeadsAsync(700, LeadStatus.New); // all in the same moment
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await shop.LeadsAsync(300, LeadStatus.Contacted, value: 200);
        var lists = shop.As(TestPeople.Agent).Get<LeadLists>();
        await using var db = shop.Open();
        foreach (var (ordering, expected) in new[]
        {
            ("-created_at", await db.Leads.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Select(l => l.Id).ToListAsync(Ct)),
            ("estimated_value", await db.Leads.OrderBy(l => l.ValueMinor).ThenBy(l => l.Id).Select(l => l.Id).ToListAsync(Ct)),
        })
        {
            foreach (var page in new[] { 47, 3, 50, 21, 1, 36, 47, 2, 48 })
            {
                var answer = (await lists.PageAsync(new LeadListFilter(null, null, null), new ListQuestion(page, 20, null, ordering, null), Ct)).Value;
                Assert.Equal(1000, answer.Count);
                Assert.Equal(expected.Skip((page - 1) * 20).Take(20), answer.Rows.Select(r => r.Id));
            }
        }

        using var any = new QueryCount(shop, "\"Leads\"");
        foreach (var page in new[] { 44, 45, 44, 45 }) Assert.Null((await lists.PageAsync(new LeadListFilter(null, null, null), new ListQuestion(page, 20, null, null, null), Ct)).Error);
        Assert.Equal(2, any.Value);
    }

    [Theory, BothDatabases]
    public async Task Many_who_ask_for_deep_pages_at_once_all_read_theirs(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadsAsync(900, LeadStatus.New);
        await using var db = shop.Open();
        var expected = await db.Leads.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Select(l => l.Id).ToListAsync(Ct);

        var pages = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            (Number: 45 - i, Answer: (await shop.As(TestPeople.Agent).Get<LeadLists>().PageAsync(new LeadListFilter(null, null, null), new ListQuestion(45 - i, 20, null, null, null), Ct)).Value))));

        Assert.All(pages, page => Assert.Equal(expected.Skip((page.Number - 1) * 20).Take(20), page.Answer.Rows.Select(r => r.Id)));
    }
}
