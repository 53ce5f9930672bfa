using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Limits;

/// <summary>Asked for too often. 429, with the seconds to wait as Retry-After.</summary>
public sealed record TooManyRequests(int RetryAfterSeconds)
    : Error($"This was tried too often. Try again {Words(RetryAfterSeconds)}.")
{
    private static string Words(int seconds) => seconds switch
    {
        < 120 => $"in {seconds} seconds",
        _ => $"in {(seconds + 59) / 60} minutes",
    };
}

/// <summary>
/// Counts who asks how often, for all nodes together: an hour begins with the first request, and never lets through more than the
/// limit. What is asked often is taken from the database in slices, so that a request seldom costs a statement; a slice that a
/// node does not use up by the end of the hour is lost to the others.
/// </summary>
public sealed class RateLimits(CrmDatabase database, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int Household = 64;
    private const int Connection = 48;
    private const int Slices = 20;
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<string, Slice> slices = new();

    /// <summary>Takes one from what is left to somebody.</summary>
    /// <param name="subject">Who: <see cref="Address"/>, or an account's id.</param>
    /// <returns>Null when it may go on.</returns>
    public async Task<TooManyRequests?> TakeAsync(RateLimit limit, string subject, CancellationToken ct)
    {
        if (!options.Value.Enabled) return null;
        var most = options.Value.Of(limit);
        var mostOfSite = most * options.Value.HouseholdsPerSite;
        var site = Site(subject) is { } network ? $"{limit}:{network}" : null;
        // A site that has nothing left is not counted by its households: there are too many to write down.
        if (site is not null && slices.TryGetValue(site, out var known) && known is { Left: 0, Spent: true } && clock.GetUtcNow().UtcDateTime < known.Ends) return await TakeAsync(site, mostOfSite, ct);
        // Else it comes second: a household that is told to wait takes nothing from its neighbours.
        if (await TakeAsync($"{limit}:{subject}", most, ct) is { } tooOften) return tooOften;
        return site is null ? null : await TakeAsync(site, mostOfSite, ct);
    }

    private async Task<TooManyRequests?> TakeAsync(string key, int most, CancellationToken ct)
    {
        if (slices.Count >= MostKept) slices.Clear();
        var slice = slices.GetOrAdd(key, _ => new Slice());
        await slice.Turn.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (now >= slice.Ends) (slice.Left, slice.Spent) = (0, false);
            if (slice is { Left: 0, Spent: false }) await RefillAsync(slice, key, most, now, ct);
            if (slice.Left == 0) return new TooManyRequests((int)Math.Ceiling((slice.Ends - now).TotalSeconds));
            slice.Left--;
            return null;
        }
        finally
        {
            slice.Turn.Release();
        }
    }

    /// <summary>An address as limits know it: of IPv6 the network of 64 bits that one household has.</summary>
    public static string Address(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? $"{Network(address, Household)}" : address.ToString();
    }

    /// <summary>Of a household of IPv6 the network of 48 bits around it: one connection may have as many as 65,536 households.</summary>
    private static string? Site(string subject) =>
        subject.EndsWith("/64", StringComparison.Ordinal) && IPNetwork.TryParse(subject, out var household) ? $"{Network(household.BaseAddress, Connection)}" : null;

    private static IPNetwork Network(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    private async Task RefillAsync(Slice slice, string key, int most, DateTime now, CancellationToken ct)
    {
        var wanted = Math.Max(1, most / Slices);
        await using var db = database.Open(Actor.System("rate limits"));
        await using var write = await db.BeginWriteAsync(ct);
        var count = await CountAsync(db, key, wanted, now.Ticks, ct);
        await write.CommitAsync(ct);

        slice.Ends = new DateTime(count.WindowStart, DateTimeKind.Utc) + Window;
        slice.Left = Math.Clamp(most - (count.Used - wanted), 0, wanted);
        slice.Spent = slice.Left < wanted;
    }

    // One statement counts for every node, and begins a window anew that is over.
    private static async Task<Count> CountAsync(CrmDbContext db, string key, int wanted, long now, CancellationToken ct)
    {
        var over = now - Window.Ticks;
        var rows = await db.Database.SqlQuery<Count>($"""
            INSERT INTO "RateCounters" ("Key", "WindowStart", "Used") VALUES ({key}, {now}, {wanted})
            ON CONFLICT ("Key") DO UPDATE SET
              "Used" = CASE WHEN "RateCounters"."WindowStart" <= {over} THEN {wanted} ELSE "RateCounters"."Used" + {wanted} END,
              "WindowStart" = CASE WHEN "RateCounters"."WindowStart" <= {over} THEN {now} ELSE "RateCounters"."WindowStart" END
            RETURNING "WindowStart", "Used"
            """).ToListAsync(ct);
        return rows[0];
    }

    private sealed record Count(long WindowStart, int Used);

    private sealed class Slice
    {
        public readonly SemaphoreSlim Turn = new(1, 1);
        public int Left;
        public DateTime Ends;

        /// <summary>The hour has nothing more to give.</summary>
        public bool Spent;
    }
}
