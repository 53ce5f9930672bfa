using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal.Profile;

public sealed class NotificationServiceTests
{
    [Theory, BothDatabases, Trait("contract", "M-067")]
    public async Task A_switch_writes_a_receipt_and_turning_it_off_withdraws_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var switches = shop.As(TestPeople.CustomerA).Get<NotificationService>();

        var on = (await switches.SetAsync(ConsentChannel.Email, true, default)).Value;
        Assert.Equal([(ConsentChannel.Email, true), (ConsentChannel.Sms, false), (ConsentChannel.Push, false)], on.Select(c => (c.Channel, c.On)));
        Assert.Equal(shop.Clock.Now, on[0].Since);
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var off = (await switches.SetAsync(ConsentChannel.Email, false, default)).Value;
        Assert.All(off, channel => Assert.False(channel.On));
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await switches.SetAsync(ConsentChannel.Email, true, default);

        await using var db = shop.Open();
        var receipts = await db.ConsentReceipts.Where(r => r.CustomerId == TestPeople.CustomerA.CustomerId).OrderBy(r => r.GivenAt).ToListAsync();
        Assert.Equal(2, receipts.Count);
        Assert.Equal((TestClock.Start, TestClock.Start.AddDays(3)), (receipts[0].GivenAt, receipts[0].WithdrawnAt));
        Assert.Null(receipts[1].WithdrawnAt);
        Assert.Equal((ConsentWords.Of(ConsentChannel.Email), ConsentWords.Version, "en", "profile"),
            (receipts[0].Wording, receipts[0].WordingVersion, receipts[0].Language, receipts[0].Source));
        Assert.True((await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).NotifyByEmail);
        Assert.False((await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerB.CustomerId)).NotifyByEmail);
    }

    [Theory, BothDatabases]
    public async Task Asking_twice_leaves_one_open_receipt(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => shop.As(TestPeople.CustomerA).Get<NotificationService>().SetAsync(ConsentChannel.Push, true, default)));

        await using var db = shop.Open();
        Assert.Null((await db.ConsentReceipts.SingleAsync()).WithdrawnAt);
    }

    [Theory, BothDatabases]
    public async Task Off_withdraws_whatever_the_channel_was_agreed_to_for(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            foreach (var purpose in Enum.GetValues<ConsentPurpose>())
                db.ConsentReceipts.Add(new ConsentReceipt
                {
                    CustomerId = TestPeople.CustomerA.CustomerId!.Value, Channel = ConsentChannel.Email, Purpose = purpose,
                    Wording = "counter", WordingVersion = "1", Language = "en", Source = "counter", GivenAt = shop.Clock.Now,
                });
            (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).SetNotifications(email: true, sms: false, push: false);
            await db.SaveChangesAsync();
        }

        await shop.As(TestPeople.CustomerA).Get<NotificationService>().SetAsync(ConsentChannel.Email, false, default);

        await using var after = shop.Open();
        Assert.All(await after.ConsentReceipts.ToListAsync(), receipt => Assert.NotNull(receipt.WithdrawnAt));
    }

    [Theory, BothDatabases]
    public async Task Text_messages_need_a_number_first(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        Assert.IsType<ChannelNotReady>((await shop.As(TestPeople.CustomerA).Get<NotificationService>().SetAsync(ConsentChannel.Sms, true, default)).Error);

        await using var db = shop.Open();
        Assert.Empty(await db.ConsentReceipts.ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Nobody_turns_a_switch_for_somebody_else(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        foreach (var desk in new[] { shop.As(TestPeople.Manager), shop.AsStranger() })
            Assert.IsType<NotACustomer>((await desk.Get<NotificationService>().SetAsync(ConsentChannel.Email, true, default)).Error);

        await using var db = shop.Open();
        Assert.Empty(await db.ConsentReceipts.ToListAsync());
        Assert.True(await db.Customers.AllAsync(c => !c.NotifyByEmail));
    }
}
