using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Crm.Data.Seed;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Bench;

/// <summary>
/// Sign-ins a second beside bare hashes a second, and what other requests feel while everybody signs in. The floor is the shop's own
/// function with the same parameters, as many at once as there are cores, in a process that does nothing else. Client and PostgreSQL
/// share the cores with the shop and their cost is included in its rate; the processor time of each, which no busy machine blurs, is told apart.
/// </summary>
static class SignInBench
{
    private const int Rounds = 9;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync()
    {
        await using var shop = await ServedShop.OpenAsync();
        var (cores, token) = (Environment.ProcessorCount, await ServedShop.SignInAsync(DemoPeople.Agent.UserName));
        HttpRequestMessage SignIn() => new(HttpMethod.Post, "/api/token/") { Content = JsonContent.Create(new { username = DemoPeople.Customer.UserName, password = DemoPeople.Password }) };
        HttpRequestMessage Me()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me/");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return request;
        }
        await Load.RunAsync(ServedShop.Shop, cores * 2, TimeSpan.FromSeconds(12), SignIn); // until the runtime has compiled it for good
        await Load.RunAsync(ServedShop.Shop, 1, TimeSpan.FromSeconds(3), Me);
        await HashesAsync(cores, TimeSpan.FromSeconds(1));

        var (ratios, costs) = (new List<double>(), new List<Cost>());
        for (var round = 0; round < Rounds; round++)
        {
            var before = Clock.Of(shop);
            var bare = await HashesAsync(cores, Lasts);
            var between = Clock.Of(shop);
            var signIns = await Load.RunAsync(ServedShop.Shop, cores * 2, Lasts, SignIn);
            ratios.Add(signIns.PerSecond / bare);
            costs.Add(Cost.Of(before, between, Clock.Of(shop), bare * Lasts.TotalSeconds, signIns.PerSecond * Lasts.TotalSeconds));
            Clocked.Say($"signin: {signIns.PerSecond:0.0}/s, bare Argon2id {bare:0.0}/s, {signIns.PerSecond / bare:P0}; processor ms each: hash {costs[^1].Hash:0.0}, shop {costs[^1].Shop:0.0}, PostgreSQL {costs[^1].Postgres:0.0}, client {costs[^1].Client:0.0}");
        }
        var alone = await Load.RunAsync(ServedShop.Shop, 1, Lasts, Me);
        var crowd = Load.RunAsync(ServedShop.Shop, cores * 8, Lasts, SignIn);
        var beside = await Load.RunAsync(ServedShop.Shop, 1, Lasts, Me);
        await crowd;
        Clocked.Say($"signin: middle {ratios.Order().ElementAt(Rounds / 2):P0}, rounds {ratios.Min():P0} to {ratios.Max():P0}; the hash is {Middle(costs, c => c.Hash / c.Shop):P0} of what the shop's processor does and {Middle(costs, c => c.Hash / c.All):P0} of everybody's");
        Clocked.Say($"signin: another account's own page meanwhile median {beside.Median:0.0} ms, p95 {beside.P95:0.0} ms, alone {alone.Median:0.0} and {alone.P95:0.0} ms");
        return 0;
    }

    private static async Task<double> HashesAsync(int cores, TimeSpan lasts)
    {
        var argon2 = Argon2.TryLoad() ?? throw new InvalidOperationException("libsodium is not installed.");
        var hash = argon2.Hash(DemoPeople.Password);
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, cores).Select(_ => Task.Factory.StartNew(() =>
        {
            while (Stopwatch.GetElapsedTime(start) < lasts)
            {
                argon2.Verify(hash, DemoPeople.Password);
                Interlocked.Increment(ref done);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Middle(List<Cost> costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);

    /// <summary>Processor time used so far by this process, by the shop, and by every PostgreSQL of this machine.</summary>
    private sealed record Clock(TimeSpan Client, TimeSpan Shop, TimeSpan Postgres)
    {
        public static Clock Of(ServedShop shop)
        {
            using var self = Process.GetCurrentProcess();
            var postgres = TimeSpan.Zero;
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
                postgres += OfPostgres(folder);
            return new(self.TotalProcessorTime, shop.Worked, postgres);
        }

        // A backend calls itself by what it does: only the kernel's short name says that it is one.
        private static TimeSpan OfPostgres(string folder)
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "comm")).Trim() != "postgres" ? TimeSpan.Zero
                    : File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[11..13].Aggregate(TimeSpan.Zero, (sum, ticks) => sum + TimeSpan.FromMilliseconds(10 * long.Parse(ticks, CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                return TimeSpan.Zero; // gone meanwhile
            }
        }
    }

    /// <summary>Milliseconds of processor time for one bare hash, and for one sign-in.</summary>
    private sealed record Cost(double Hash, double Shop, double Postgres, double Client)
    {
        public double All => Shop + Postgres + Client;

        public static Cost Of(Clock before, Clock between, Clock after, double hashes, double signIns) => new(
            (between.Client - before.Client).TotalMilliseconds / hashes, (after.Shop - between.Shop).TotalMilliseconds / signIns,
            (after.Postgres - between.Postgres).TotalMilliseconds / signIns, (after.Client - between.Client).TotalMilliseconds / signIns);
    }
}
