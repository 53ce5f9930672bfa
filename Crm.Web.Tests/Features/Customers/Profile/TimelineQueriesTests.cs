using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Profile;

public sealed class TimelineQueriesTests
{
    private static readonly Guid Achieng = TestPeople.CustomerA.CustomerId!.Value;

    [Theory, BothDatabases, Trait("contract", "M-084"), Trait("contract", "M-087")]
    public async Task All_sources_are_merged_newest_first_and_no_page_border_loses_or_repeats_an_entry(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await FillAsync(shop);
        var timeline = shop.As(TestPeople.Agent).Get<TimelineQueries>();

        var all = await WalkAsync(timeline, TimelineFilter.All);
        Assert.Equal(40 + 20 + 40 + 20 + 2 + 1, all.Count);
        Assert.Equal(all.Count, all.Select(e => (e.Kind, e.Id)).Distinct().Count());
        Assert.Equal(all.OrderByDescending(e => e.At).ThenByDescending(e => e.Kind).ThenByDescending(e => e.Id), all);

        Assert.Equal(all.Where(e => e.Kind is TimelineKind.Order or TimelineKind.Return), await WalkAsync(timeline, TimelineFilter.Sales));
        Assert.Equal(all.Where(e => e.Kind is TimelineKind.Points), await WalkAsync(timeline, TimelineFilter.Points));
        Assert.Equal(all.Where(e => e.Kind is TimelineKind.Note), await WalkAsync(timeline, TimelineFilter.Notes));
        Assert.Equal(all.Where(e => e.Kind is TimelineKind.Consent or TimelineKind.Withdrawal), await WalkAsync(timeline, TimelineFilter.Consent));
    }

    [Theory, BothDatabases]
    public async Task An_order_names_its_first_products_and_counts_the_rest(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.OrderAsync(Achieng, TestClock.Start, 1_000, "Ugali flour 2 kg", "Okra", "Palm oil 1 L", "Garri", "Shito");
        await shop.OrderAsync(Achieng, TestClock.Start.AddDays(-1), 1_000, "Okra");

        var page = (await shop.As(TestPeople.Agent).Get<TimelineQueries>().ReadAsync(Achieng, TimelineFilter.Sales, null, TimelineQueries.PageSize, CancellationToken.None)).Value;

        Assert.Equal(["Ugali flour 2 kg · Okra · Palm oil 1 L and 2 more", "Okra"], page.Entries.Cast<OrderEntry>().Select(o => o.Items));
    }

    [Theory, BothDatabases, Trait("contract", "M-044")]
    public async Task A_customer_sees_no_timeline_here_not_even_their_own(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var desk in shop.Outsiders())
            Assert.IsType<ForbiddenError>((await desk.Get<TimelineQueries>().ReadAsync(Achieng, TimelineFilter.All, null, TimelineQueries.PageSize, CancellationToken.None)).Error);
    }

    private static async Task<List<TimelineEntry>> WalkAsync(TimelineQueries timeline, TimelineFilter filter)
    {
        var entries = new List<TimelineEntry>();
        TimelinePage page;
        do
        {
            page = (await timeline.ReadAsync(Achieng, filter, entries.LastOrDefault()?.Cursor, TimelineQueries.PageSize, CancellationToken.None)).Value;
            entries.AddRange(page.Entries);
        }
        while (page.HasMore);
        return entries;
    }

    // Many things at the same instants, so that page borders fall between equals of one kind and of several.
    private static async Task FillAsync(TestShop shop)
    {
        for (var i = 0; i < 40; i++)
        {
            var at = TestClock.Start.AddHours(-(i / 4));
            var order = await shop.OrderAsync(Achieng, at, 1_000);
            await shop.PointsAsync(Achieng, LoyaltyKind.Earn, 10, at, order.Id);
        }
        await using var db = shop.Open();
        for (var i = 0; i < 20; i++)
        {
            var at = TestClock.Start.AddHours(-(i / 4));
            var note = new CustomerNote { CustomerId = Achieng, CreatedAt = at };
            note.Write("x", at);
            db.CustomerNotes.Add(note);
            db.Returns.Add(new OrderReturn { Number = $"R-{i}", CustomerId = Achieng, ReturnedAt = at, ReturnedOn = DateOnly.FromDateTime(at) });
        }
        foreach (var channel in new[] { ConsentChannel.Email, ConsentChannel.Sms })
        {
            var receipt = new ConsentReceipt { CustomerId = Achieng, Channel = channel, Purpose = ConsentPurpose.Marketing, Wording = "May we write?", WordingVersion = "1", Language = "en", Source = "counter", GivenAt = TestClock.Start };
            if (channel is ConsentChannel.Sms) receipt.Withdraw(TestClock.Start);
            db.ConsentReceipts.Add(receipt);
        }
        db.Orders.Add(await ForeignAsync(db));
        await db.SaveChangesAsync();
    }

    private static async Task<Order> ForeignAsync(Crm.Data.CrmDbContext db)
    {
        var other = await db.Customers.Where(c => c.Id != Achieng).Select(c => c.Id).FirstAsync();
        return new Order { Number = "ORD-OTHER", CustomerId = other, Channel = OrderChannel.Counter, PlacedAt = TestClock.Start, PlacedOn = DateOnly.FromDateTime(TestClock.Start) };
    }
}
