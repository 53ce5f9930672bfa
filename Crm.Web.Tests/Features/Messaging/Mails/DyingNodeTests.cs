using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Web;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Outbox;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>Two nodes that send by a real mail server, of which one dies in the middle of a mail and never says another word.</summary>
[Trait("contract", "M-249")]
public class DyingNodeTests
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly OutboxOptions OneHand = new() { ParallelSends = 1 };

    [Theory, BothDatabases]
    public async Task The_other_sends_what_the_dead_one_had_in_hand_once_the_lease_has_run_out_and_nothing_twice(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var server = new SmtpServer();
        await PostAsync(shop, "first", "second", "third");
        var dying = new Dying(Channel(shop, server), "second", diesBefore: true);
        _ = shop.Node(dying, OneHand).DispatchDueAsync(Now);
        await dying.Dead;
        Assert.Equal(["first"], Keys(server));

        await shop.Node(Channel(shop, server), OneHand).DispatchDueAsync(Now);
        Assert.Equal(["first", "third"], Keys(server));
        shop.Clock.Advance(OneHand.Lease - TimeSpan.FromTicks(10));
        await shop.Node(Channel(shop, server), OneHand).DispatchDueAsync(Now);
        Assert.Equal(["first", "third"], Keys(server));

        shop.Clock.Advance(TimeSpan.FromTicks(10));
        await shop.Node(Channel(shop, server), OneHand).DispatchDueAsync(Now);
        await shop.Node(Channel(shop, server), OneHand).DispatchDueAsync(Now);

        Assert.Equal(["first", "third", "second"], Keys(server));
        Assert.Equal((OutboxState.Sent, 2), ((await shop.MessageAsync("second")).State, (await shop.MessageAsync("second")).Attempts));
    }

    [Theory, BothDatabases]
    public async Task A_mail_that_the_server_took_before_the_node_died_comes_again_and_can_be_told_by_its_id(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var server = new SmtpServer();
        await PostAsync(shop, "first", "second");
        var dying = new Dying(Channel(shop, server), "second", diesBefore: false);
        _ = shop.Node(dying, OneHand).DispatchDueAsync(Now);
        await dying.Dead;

        shop.Clock.Advance(OneHand.Lease);
        await shop.Node(Channel(shop, server), OneHand).DispatchDueAsync(Now);

        Assert.Equal(["first", "second", "second"], Keys(server));
        Assert.Equal(2, server.Mails.Select(m => MimeMail.Read(m).Header("Message-ID")).Distinct().Count());
    }

    private static async Task PostAsync(TestShop shop, params string[] keys)
    {
        foreach (var key in keys)
        {
            await using var db = shop.Open();
            shop.Get<Mailer>().Post(db, key, $"{key}@example.com", "", new WelcomeMail("", "/me"));
            await db.SaveChangesAsync();
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Whom the server took mails for, in order.</summary>
    private static IEnumerable<string> Keys(SmtpServer server) => server.Mails.Select(m => MimeMail.Read(m).Header("To").Trim('<', '>').Split('@')[0]);

    private static MailChannel Channel(TestShop shop, SmtpServer server)
    {
        var options = Options.Create(new MailOptions { Host = "localhost", Port = server.Port, StartTls = false, From = "shop@shop.example" });
        var address = new PublicAddress(Options.Create(new PublicAddressOptions { PublicAddress = "https://shop.example" }), new ServiceCollection().BuildServiceProvider(), new HostingEnvironment { EnvironmentName = "Production" });
        return new MailChannel(new SmtpTransport(options), new MailTemplates(), new MailValues(shop.Get<Shop>(), address), address, shop.Get<Shop>(), options);
    }

    /// <summary>A channel in which the node ends at one message: what it does not hear of any more, it cannot write down.</summary>
    private sealed class Dying(MailChannel channel, string key, bool diesBefore) : IOutboxChannel
    {
        private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Dead => dead.Task.WaitAsync(TimeSpan.FromSeconds(60));
        public string Name => channel.Name;
        public string? WhyNotReady => null;

        public async Task SendAsync(OutboxDelivery delivery, CancellationToken ct)
        {
            if (delivery.Key != key || !diesBefore) await channel.SendAsync(delivery, ct);
            if (delivery.Key != key) return;
            dead.SetResult();
            await new TaskCompletionSource().Task;
        }
    }
}
