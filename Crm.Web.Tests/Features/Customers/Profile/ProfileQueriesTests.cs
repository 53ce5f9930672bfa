using System.Globalization;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Customers.Profile;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Customers.Profile;

public sealed class ProfileQueriesTests
{
    [Theory, BothDatabases, Trait("contract", "M-084"), Trait("contract", "M-088"), Trait("contract", "M-074")]
    public async Task The_head_of_the_page_says_what_the_customer_is_worth_eats_and_may_be_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (silver, gold) = await TiersAsync(shop);
        var customer = await shop.CustomerAsync("Achieng", "Atieno", c =>
        {
            c.SetEmail("atieno@example.org");
            c.SetVerified(true);
            c.SetNotifications(email: true, sms: true, push: false);
            c.SetTier(silver);
            c.SetTastes("no groundnuts", "tilapia");
            c.Diets.Add(new CustomerDiet { CustomerId = c.Id, Diet = Diet.Halal });
            c.Addresses.Add(new CustomerAddress { CustomerId = c.Id, Street = "12 Danforth Ave", City = "Toronto", Country = "CA", IsDefault = true });
        });
        foreach (var daysAgo in new[] { 0, 9, 18, 30, 500 }) await shop.OrderAsync(customer.Id, TestClock.Start.AddDays(-daysAgo), 10_000);
        await shop.PointsAsync(customer.Id, LoyaltyKind.Earn, 400, TestClock.Start);
        await ConsentAsync(shop, customer.Id, ConsentChannel.Email, ConsentChannel.Sms);

        var profile = (await shop.As(TestPeople.Agent).Get<ProfileQueries>().ReadAsync(customer.Id, CancellationToken.None)).Value;

        Assert.Equal((400, 50_000L, 5, 10_000L, TestClock.Start), (profile.Points, profile.SpentMinor, profile.OrderCount, profile.AverageOrderMinor, profile.LastOrderAt));
        Assert.Equal(11, profile.RhythmDays);
        Assert.Equal(("Silver", "Gold", 60_000L, 40), (profile.Tier.Name, profile.Tier.NextName, profile.Tier.MissingMinor, profile.Tier.Percent));
        Assert.Equal([Diet.Halal], profile.Diets);
        Assert.Equal("12 Danforth Ave", Assert.Single(profile.Addresses).Street);
        Assert.Equal([(ConsentChannel.Email, true, "consent of 20 Nov 2026"), (ConsentChannel.Sms, false, "no phone number"), (ConsentChannel.Push, false, "no account")],
            profile.MayWrite.Select(m => (m.Channel, m.Yes, m.Why)));
        Assert.NotEqual(gold, silver);
    }

    [Theory, BothDatabases]
    public async Task A_customer_without_trade_has_an_empty_but_whole_page(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("", "", c => c.SetPhone("+14165550142"));

        var profile = (await shop.As(TestPeople.Agent).Get<ProfileQueries>().ReadAsync(customer.Id, CancellationToken.None)).Value;

        Assert.Equal("+14165550142", profile.Name);
        Assert.True(profile is { LastOrderAt: null, RhythmDays: null, Tier.Name: null, AverageOrderMinor: null });
        Assert.All(profile.MayWrite, m => Assert.False(m.Yes));
    }

    [Theory]
    [InlineData(true, true, true, true, true, true)]
    [InlineData(false, true, true, true, true, false)]
    [InlineData(true, false, true, true, true, false)]
    [InlineData(true, true, false, true, true, false)]
    [InlineData(true, true, true, false, true, false)]
    [InlineData(true, true, true, true, false, false)]
    [Trait("contract", "M-025")]
    public void Writing_for_the_shops_own_sake_needs_consent_switch_address_verification_and_an_active_record(bool consent, bool on, bool reachable, bool verified, bool active, bool may)
    {
        var answer = MayWrite.Of(ConsentChannel.Sms, consent ? new DateOnly(2023, 3, 12) : null, on, reachable, verified, active);

        Assert.Equal(may, answer.Yes);
        Assert.NotEmpty(answer.Why);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("2026-11-20 2026-11-11", null)]
    [InlineData("2026-11-20 2026-11-11 2026-11-02", 9)]
    [InlineData("2026-11-20 2026-11-19 2026-11-09 2026-01-01", 10)]
    [InlineData("2026-11-20 2026-11-18 2026-11-15", 3)]
    public void The_usual_rhythm_is_the_median_gap_between_visits(string days, int? rhythm) =>
        Assert.Equal(rhythm, ProfileQueries.Rhythm([.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture))]));

    [Theory, BothDatabases, Trait("contract", "M-044")]
    public async Task Nobody_but_staff_reads_a_profile_and_a_stranger_id_is_not_found(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var desk in shop.Outsiders())
            Assert.IsType<ForbiddenError>((await desk.Get<ProfileQueries>().ReadAsync(TestPeople.CustomerA.CustomerId!.Value, CancellationToken.None)).Error);
        Assert.IsType<CustomerNotFound>((await shop.As(TestPeople.Agent).Get<ProfileQueries>().ReadAsync(Guid.CreateVersion7(), CancellationToken.None)).Error);
    }

    private static async Task<(Guid Silver, Guid Gold)> TiersAsync(TestShop shop)
    {
        await using var db = shop.Open();
        var (silver, gold) = (new LoyaltyTier { Name = "Silver", ThresholdMinor = 20_000 }, new LoyaltyTier { Name = "Gold", ThresholdMinor = 100_000 });
        db.LoyaltyTiers.AddRange(silver, gold);
        await db.SaveChangesAsync();
        return (silver.Id, gold.Id);
    }

    private static async Task ConsentAsync(TestShop shop, Guid customerId, params ConsentChannel[] channels)
    {
        await using var db = shop.Open();
        foreach (var channel in channels)
            db.ConsentReceipts.Add(new ConsentReceipt { CustomerId = customerId, Channel = channel, Purpose = ConsentPurpose.Marketing, Wording = "May we write?", WordingVersion = "1", Language = "en", Source = "counter", GivenAt = TestClock.Start });
        await db.SaveChangesAsync();
    }
}
