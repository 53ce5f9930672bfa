using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Outbox;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>Posting: with the caller's transaction or not at all, and once for each key.</summary>
public class OutboxWriterTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_message_is_saved_with_the_callers_rows(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            shop.Get<Mailer>().Post(db, "welcome:1", "olayinka@example.com", "Ọláyínká", new WelcomeMail("Ọláyínká", "/me"));
            Assert.Empty(await shop.Open().OutboxMessages.ToListAsync());
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        var message = await read.OutboxMessages.SingleAsync();
        Assert.Equal(("mail", "welcome:1", OutboxState.Waiting, 0), (message.Channel, message.Key, message.State, message.Attempts));
        Assert.Equal((TestClock.Start, TestClock.Start), (message.CreatedAt, message.DueAt));
        Assert.Contains("Ọláyínká", message.Body);
        Assert.Equal(new WelcomeMail("Ọláyínká", "/me"), await TestMail.LastToAsync<WelcomeMail>(read, "olayinka@example.com"));
    }

    [Theory, BothDatabases]
    public async Task What_is_rolled_back_is_never_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        await using (await db.BeginWriteAsync(Now))
        {
            shop.Get<OutboxWriter>().Post(db, "mail", "k", new { A = 1 });
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        Assert.False(await read.OutboxMessages.AnyAsync());
    }

    [Theory, BothDatabases]
    public async Task A_key_that_was_posted_before_drops_the_second_message_and_keeps_the_business(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var (first, last) in new[] { ("One", "A"), ("Two", "B") })
        {
            await using var db = shop.Open();
            (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).Rename(first, last);
            shop.Get<OutboxWriter>().Post(db, "mail", "same", new { first });
            shop.Get<OutboxWriter>().Post(db, "mail", "same", new { again = first });
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        Assert.Equal("""{"first":"One"}""", (await read.OutboxMessages.SingleAsync()).Body);
        Assert.Equal("Two", (await read.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).FirstName);
    }

    [Theory, BothDatabases]
    public async Task Two_transactions_that_post_one_key_at_once_both_commit(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            await using var db = shop.Open();
            db.Settings.Add(new() { Key = $"row {n}", Json = "{}" });
            shop.Get<OutboxWriter>().Post(db, "mail", "same", new { n });
            await db.SaveChangesAsync();
        }));

        await using var read = shop.Open();
        Assert.Single(await read.OutboxMessages.ToListAsync());
        Assert.Equal(8, await read.Settings.CountAsync(s => s.Key.StartsWith("row")));
    }

    [Fact]
    public void A_key_without_sense_is_refused_at_once()
    {
        var outbox = new OutboxWriter(TestClock.At(TestClock.Start));
        Assert.Throws<ArgumentException>(() => outbox.Post(null!, "mail", " ", new { }));
        Assert.Throws<ArgumentException>(() => outbox.Post(null!, "mail", new string('k', 201), new { }));
    }
}
