using Crm.Data.Outbox;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>What the owner sees of the outbox, and what they can do about it.</summary>
public class OutboxBoardTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task It_counts_and_says_why_messages_failed_without_their_secrets(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            shop.Get<Mailer>().Post(db, "mail:1", "olayinka@example.com", "", new PasswordResetMail("", "/reset-password?token=SECRET", 60));
            await db.SaveChangesAsync();
        }
        await shop.PostAsync("sent", "again", "dead");
        await shop.Node(new FakeChannel { On = Fate }).DispatchDueAsync(Now);
        await shop.Node(new FakeChannel(Mailer.Channel) { On = Fate }).DispatchDueAsync(Now);

        var view = (await shop.As(TestPeople.Owner).Get<OutboxBoard>().ViewAsync(Now)).Value;

        Assert.Equal((1, 2, 1), (view.Waiting, view.Dead, view.SentLately));
        Assert.Equal([("Password reset to olayinka@example.com", true), ("dead", true), ("again", false)], view.Troubled.Select(t => (t.What, t.IsDead)).OrderByDescending(t => t.IsDead).ThenBy(t => t.What, StringComparer.Ordinal));
        Assert.Equal(["no", "busy"], view.Troubled.Select(t => t.Error).Distinct().OrderDescending());
        Assert.DoesNotContain("SECRET", string.Join(' ', view.Troubled));
        Assert.Equal(("mail", "Mail:Host names no server"), (Assert.Single(view.Held).Name, view.Held[0].Reason));

        static Task Fate(OutboxDelivery delivery, CancellationToken ct) => delivery.Key switch
        {
            "sent" => Task.CompletedTask,
            "again" => throw new IOException("busy"),
            _ => throw new DeliveryRefusedException("no"),
        };
    }

    [Theory, BothDatabases]
    public async Task A_message_that_was_given_up_is_sent_when_the_owner_says_so(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("one", "two", "three");
        var outside = new FakeChannel { On = (_, _) => throw new DeliveryRefusedException("no") };
        await shop.Node(outside).DispatchDueAsync(Now);
        outside.On = (_, _) => Task.CompletedTask;
        var board = shop.As(TestPeople.Owner).Get<OutboxBoard>();

        Assert.Null((await board.TryAgainAsync((await shop.MessageAsync("one")).Id, Now)).Error);
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Equal((OutboxState.Sent, 1), ((await shop.MessageAsync("one")).State, (await shop.MessageAsync("one")).Attempts));
        Assert.Equal(OutboxState.Dead, (await shop.MessageAsync("two")).State);
        Assert.IsType<MessageNotWaiting>((await board.TryAgainAsync((await shop.MessageAsync("one")).Id, Now)).Error);

        Assert.Equal(2, (await board.TryAllAgainAsync(Now)).Value);
        await shop.Node(outside).DispatchDueAsync(Now);
        Assert.Equal(OutboxState.Sent, (await shop.MessageAsync("three")).State);
    }

    [Theory, BothDatabases]
    public async Task Nobody_but_the_owner_sees_or_moves_anything(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        await shop.Node(new FakeChannel { On = (_, _) => throw new DeliveryRefusedException("no") }).DispatchDueAsync(Now);
        var id = (await shop.MessageAsync("k")).Id;

        foreach (var desk in new[] { shop.As(TestPeople.Manager), shop.As(TestPeople.Agent), shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            Assert.IsType<ForbiddenError>((await desk.Get<OutboxBoard>().ViewAsync(Now)).Error);
            Assert.IsType<ForbiddenError>((await desk.Get<OutboxBoard>().TryAgainAsync(id, Now)).Error);
            Assert.IsType<ForbiddenError>((await desk.Get<OutboxBoard>().TryAllAgainAsync(Now)).Error);
        }
        Assert.Equal(OutboxState.Dead, (await shop.MessageAsync("k")).State);
    }

    [Theory, BothDatabases]
    public async Task What_is_in_somebodys_hand_is_left_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.PostAsync("k");
        await using (var db = shop.Open()) await db.OutboxMessages.ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedBy, "another"));

        Assert.IsType<MessageNotWaiting>((await shop.As(TestPeople.Owner).Get<OutboxBoard>().TryAgainAsync((await shop.MessageAsync("k")).Id, Now)).Error);
    }
}
