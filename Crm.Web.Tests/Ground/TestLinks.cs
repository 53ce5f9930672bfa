using Crm.Data;
using Crm.Data.Outbox;
using Crm.Web.Platform.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// Sees to the wishes for links that people without a session left (a forgotten password, another verification), as the dispatcher
/// would: afterwards their mails wait, and <see cref="TestMail"/> finds them.
/// </summary>
public static class TestLinks
{
    private const string Channel = "account-link";

    public static Task SeeToAsync(TestSite site) => SeeToAsync(site.Open, site.Get<IEnumerable<IOutboxChannel>>());

    public static Task SeeToAsync(TestShop shop) => SeeToAsync(shop.Open, shop.Get<IEnumerable<IOutboxChannel>>());

    private static async Task SeeToAsync(Func<CrmDbContext> open, IEnumerable<IOutboxChannel> channels)
    {
        var channel = channels.Single(c => c.Name == Channel);
        await using var db = open();
        foreach (var wish in await db.OutboxMessages.Where(m => m.Channel == Channel && m.State == OutboxState.Waiting).OrderBy(m => m.Id).ToListAsync())
        {
            await channel.SendAsync(new OutboxDelivery(wish.Id, wish.Key, wish.Body, 1, wish.CreatedAt), CancellationToken.None);
            (wish.State, wish.Body) = (OutboxState.Sent, "");
        }
        await db.SaveChangesAsync();
    }
}
