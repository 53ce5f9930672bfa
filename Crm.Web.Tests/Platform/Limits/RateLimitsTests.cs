using System.Net;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Platform.Limits;
using Crm.Web.Tests.Ground;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Platform.Limits;

[Trait("contract", "M-027"), Trait("contract", "M-028"), Trait("contract", "M-029"), Trait("contract", "M-030")]
public sealed class RateLimitsTests
{
    [Theory, BothDatabases]
    public async Task The_eleventh_sign_in_of_an_hour_waits_until_the_hour_is_over(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind);
        for (var i = 0; i < 10; i++) Assert.Null(await counting.TakeAsync(RateLimit.SignIn));

        counting.Clock.Advance(TimeSpan.FromMinutes(20));
        var refusal = await counting.TakeAsync(RateLimit.SignIn);
        Assert.Equal(40 * 60, refusal?.RetryAfterSeconds);
        Assert.Null(await counting.TakeAsync(RateLimit.SignIn, "198.51.100.9"));
        Assert.Null(await counting.TakeAsync(RateLimit.Registration));

        counting.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(await counting.TakeAsync(RateLimit.SignIn));
    }

    [Theory, BothDatabases]
    public async Task Two_nodes_together_never_let_more_through_than_the_limit(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind);
        var other = counting.Node();
        var passed = await Task.WhenAll(Enumerable.Range(0, 2_400).Select(async i =>
            await (i % 2 == 0 ? counting.First : other).TakeAsync(RateLimit.SignedIn, "somebody", CancellationToken.None) is null));
        Assert.Equal(1_000, passed.Count(let => let));
    }

    [Theory, BothDatabases]
    public async Task Many_at_the_same_moment_are_counted_one_by_one(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind);
        var passed = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => counting.TakeAsync(RateLimit.Registration)));
        Assert.Equal(5, passed.Count(refusal => refusal is null));
    }

    [Theory, BothDatabases]
    public async Task A_restart_forgets_nothing(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind);
        for (var i = 0; i < 10; i++) await counting.TakeAsync(RateLimit.SignIn);
        Assert.NotNull(await counting.Node().TakeAsync(RateLimit.SignIn, Counting.Somebody, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task One_IPv6_connection_gets_no_more_by_taking_network_after_network(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind);
        for (var i = 0; i < 10; i++) Assert.Null(await counting.TakeAsync(RateLimit.SignIn, House(1)));
        for (var i = 0; i < 40; i++) Assert.NotNull(await counting.TakeAsync(RateLimit.SignIn, House(1)));

        // What the first house was refused takes nothing from the others: nine more times ten are left to the site.
        for (var i = 0; i < 90; i++) Assert.Null(await counting.TakeAsync(RateLimit.SignIn, House(2 + i)));
        Assert.Equal(3600, (await counting.TakeAsync(RateLimit.SignIn, House(500)))?.RetryAfterSeconds);
        Assert.NotNull(await counting.Node().TakeAsync(RateLimit.SignIn, House(501), CancellationToken.None));
        Assert.Null(await counting.TakeAsync(RateLimit.SignIn, RateLimits.Address(IPAddress.Parse("2001:db8:2::1"))));
        Assert.Null(await counting.TakeAsync(RateLimit.Registration, House(500)));

        static string House(int number) => RateLimits.Address(IPAddress.Parse($"2001:db8:1:{number:x}::7"));
    }

    [Theory, BothDatabases]
    public async Task Switched_off_it_counts_nothing(DatabaseKind kind)
    {
        await using var counting = await Counting.OpenAsync(kind, new RateLimitOptions { Enabled = false });
        for (var i = 0; i < 20; i++) Assert.Null(await counting.TakeAsync(RateLimit.SignIn));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64")]
    [InlineData(null, "unknown")]
    public void An_address_is_counted_with_its_household(string? address, string counted) =>
        Assert.Equal(counted, RateLimits.Address(address is null ? null : IPAddress.Parse(address)));

    private sealed class Counting(CrmDatabase database, DatabaseKind kind, string connection, TestClock clock, RateLimitOptions options) : IAsyncDisposable
    {
        public const string Somebody = "203.0.113.7";

        public TestClock Clock => clock;
        public RateLimits First { get; } = new(database, Options.Create(options), clock);

        public static async Task<Counting> OpenAsync(DatabaseKind kind, RateLimitOptions? options = null)
        {
            var (connection, clock) = (await TestDatabases.MakeAsync(kind), TestClock.At(TestClock.Start));
            return new(new CrmDatabase(kind, connection, clock, NoChangeSink.Instance), kind, connection, clock, options ?? new());
        }

        public RateLimits Node() => new(database, Options.Create(options), clock);

        public Task<TooManyRequests?> TakeAsync(RateLimit limit, string subject = Somebody) => First.TakeAsync(limit, subject, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await TestDatabases.DropAsync(kind, connection);
        }
    }
}
