using System.Net.Http.Json;

namespace Crm.E2E.Journeys;

/// <summary>The shop's process is killed while it hands over a mail.</summary>
public sealed class PowerCutJourney
{
    private const int SendSeconds = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory, OnBothDatabases]
    public async Task A_mail_under_way_is_delivered_after_the_restart_and_one_that_was_taken_is_not_repeated(string database)
    {
        await using var post = new PostOffice();
        await using var shop = await RunningShop.StartAsync(database == "PostgreSQL",
            ("CRM__Mail__Host", "127.0.0.1"), ("CRM__Mail__Port", $"{post.Port}"), ("CRM__Mail__StartTls", "false"), ("CRM__Mail__From", "shop@mail.example"),
            ("CRM__Outbox__SendSeconds", $"{SendSeconds}"), ("CRM__Outbox__PollSeconds", "1"),
            ("CRM__Outbox__ParallelSends", "1")); // the second is taken in hand when the first is written down as sent

        await RegisterAsync(shop, "taken@mail.example");
        await UntilAsync(() => post.Taken.Contains("taken@mail.example"), shop);
        post.Holds = "underway@mail.example";
        await RegisterAsync(shop, "underway@mail.example");
        await UntilAsync(() => post.HeldBack.Count > 0, shop);

        post.Holds = null; // the sender that waits goes on waiting
        await shop.KillAndStartAgainAsync();
        await UntilAsync(() => post.Taken.Contains("underway@mail.example"), shop);
        await RegisterAsync(shop, "later@mail.example"); // goes out last: whatever else waited has gone before it
        await UntilAsync(() => post.Taken.Contains("later@mail.example"), shop);

        Assert.Equal(["taken@mail.example", "underway@mail.example", "later@mail.example"], post.Taken.Where(to => to.EndsWith("@mail.example", StringComparison.Ordinal)));
        Assert.Single(post.HeldBack);
    }

    private static async Task RegisterAsync(RunningShop shop, string email)
    {
        using var client = new HttpClient { BaseAddress = shop.Address };
        using var answer = await client.PostAsJsonAsync("/api/customers/register/",
            new { email, password = "Egusi & ogbono 4", password_confirm = "Egusi & ogbono 4", first_name = "Ama", last_name = "Owusu" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<bool> isSo, RunningShop shop)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo())
            if (patience.IsCancellationRequested || !await tick.WaitForNextTickAsync(CancellationToken.None)) throw new TimeoutException(shop.Output);
    }
}
