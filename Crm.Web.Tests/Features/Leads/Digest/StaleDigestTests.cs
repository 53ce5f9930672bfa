using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Digest;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Times;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Digest;

public sealed class StaleDigestTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    [Theory, BothDatabases]
    public async Task The_owner_is_told_once_a_week_however_often_it_runs(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var i = 0; i < StaleDigest.Most + 2; i++) await shop.LeadAsync($"Lead {i}", LeadStatus.Contacted, owner: TestPeople.Agent, touchedAt: shop.Clock.Now.AddDays(-40 - i));
        await shop.LeadAsync("Fresh", LeadStatus.Contacted);
        GoTo(shop, new DateTime(2026, 11, 23, 7, 59, 0)); // a Monday
        Assert.Equal("Not its morning.", await RunAsync(shop));

        GoTo(shop, new DateTime(2026, 11, 23, 8, 10, 0));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(shop))));
        Assert.Equal("Told this week already.", await RunAsync(shop));

        await using (var db = shop.Open())
        {
            var sent = Assert.Single(await TestMail.WaitingAsync(db));
            var mail = Assert.IsType<StaleDigestMail>(sent.Mail);
            Assert.Equal(("efua@example.com", "17", "2"), (sent.ToEmail, mail.Count, mail.More));
            Assert.Equal($"Lead {StaleDigest.Most + 1}", mail.Leads[0].Text);
            Assert.Contains("Ama Boakye", mail.Leads[0].Note, StringComparison.Ordinal);
            Assert.Equal($"stale-digest:2026-11-23:{TestPeople.Owner.UserId:N}", (await db.OutboxMessages.SingleAsync(Ct)).Key);
        }

        GoTo(shop, new DateTime(2026, 11, 30, 8, 10, 0));
        Assert.Equal("1 owner told.", await RunAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task The_owner_switches_it_off_or_chooses_another_day(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("Forgotten", touchedAt: shop.Clock.Now.AddDays(-40));
        var pipeline = shop.As(TestPeople.Owner).Get<PipelineService>();
        var form = (await pipeline.ReadAsync(Ct)).Value;
        Assert.Equal((true, DayOfWeek.Monday), (form.MailsDigest, form.DigestOn));
        form.DigestOn = DayOfWeek.Thursday;
        Assert.Null((await pipeline.SaveAsync(form, Ct)).Error);
        GoTo(shop, new DateTime(2026, 11, 23, 9, 0, 0));
        Assert.Equal("Not its morning.", await RunAsync(shop));
        GoTo(shop, new DateTime(2026, 11, 26, 9, 0, 0));
        Assert.Equal("1 owner told.", await RunAsync(shop));

        form = (await pipeline.ReadAsync(Ct)).Value;
        form.MailsDigest = false;
        Assert.Null((await pipeline.SaveAsync(form, Ct)).Error);
        GoTo(shop, new DateTime(2026, 12, 3, 9, 0, 0));
        Assert.Equal("The digest is off.", await RunAsync(shop));
        form = (await pipeline.ReadAsync(Ct)).Value;
        form.DigestOn = (DayOfWeek)9;
        Assert.NotNull(((Web.Platform.Results.InvalidError)(await pipeline.SaveAsync(form, Ct)).Error!).For("DigestOn"));
    }

    [Theory, BothDatabases]
    public async Task Nothing_stale_is_no_mail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        GoTo(shop, new DateTime(2026, 11, 23, 9, 0, 0));
        Assert.Equal("Nobody is being forgotten.", await RunAsync(shop));
        await using var db = shop.Open();
        Assert.Empty(await db.OutboxMessages.ToListAsync(Ct));
    }

    [Theory]
    [InlineData("America/Toronto", "2026-11-02 08:00", "2026-11-02")] // the day after the clocks went back
    [InlineData("America/Toronto", "2026-11-02 07:59", null)]
    [InlineData("America/Toronto", "2026-11-03 07:59", "2026-11-02")]
    [InlineData("America/Toronto", "2026-11-03 08:00", null)]
    [InlineData("Africa/Lagos", "2026-11-02 08:00", "2026-11-02")]
    [InlineData("Europe/London", "2026-03-30 08:00", "2026-03-30")]
    public void It_is_the_morning_of_the_shops_clock(string zone, string wall, string? week)
    {
        var at = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var found = StaleDigest.WeekOf(at.ToInstant(DateTime.Parse(wall, System.Globalization.CultureInfo.InvariantCulture)), DayOfWeek.Monday, at);
        Assert.Equal(week, found?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void GoTo(TestShop shop, DateTime wall) => shop.Clock.Advance(Toronto.ToInstant(wall) - shop.Clock.Now);

    private static Task<string> RunAsync(TestShop shop) =>
        shop.Get<JobRunner>().RunAsync(shop.Get<JobRunner>().Plans.Single(p => p.Type == typeof(StaleDigest)).Name, Ct);
}
