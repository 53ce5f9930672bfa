using System.Diagnostics;
using System.Net.Http.Headers;
using Crm.Data.Seed;
using Crm.Web.Features.Accounts.Passwords;

namespace Crm.Bench;

/// <summary>Sign-ins a second beside bare hashes a second, and what other requests feel while everybody signs in.</summary>
static class SignInBench
{
    private const int Rounds = 3;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(8);

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
        await Load.RunAsync(ServedShop.Shop, cores, TimeSpan.FromSeconds(3), SignIn);
        await Load.RunAsync(ServedShop.Shop, 1, TimeSpan.FromSeconds(3), Me);

        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var bare = await HashesAsync(cores);
            var signIns = await Load.RunAsync(ServedShop.Shop, cores * 2, Lasts, SignIn);
            ratios.Add(signIns.PerSecond / bare);
            Clocked.Say($"signin: {signIns.PerSecond:0.0}/s, bare Argon2id {bare:0.0}/s, {signIns.PerSecond / bare:P0}");
        }
        var alone = await Load.RunAsync(ServedShop.Shop, 1, Lasts, Me);
        var crowd = Load.RunAsync(ServedShop.Shop, cores * 8, Lasts, SignIn);
        var beside = await Load.RunAsync(ServedShop.Shop, 1, Lasts, Me);
        await crowd;
        Clocked.Say($"signin: middle {ratios.Order().ElementAt(Rounds / 2):P0}; another account's own page meanwhile median {beside.Median:0.0} ms, p95 {beside.P95:0.0} ms, alone {alone.Median:0.0} and {alone.P95:0.0} ms");
        return 0;
    }

    private static async Task<double> HashesAsync(int cores)
    {
        var argon2 = Argon2.TryLoad() ?? throw new InvalidOperationException("libsodium is not installed.");
        var hash = argon2.Hash(DemoPeople.Password);
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, cores).Select(_ => Task.Factory.StartNew(() =>
        {
            while (Stopwatch.GetElapsedTime(start) < Lasts)
            {
                argon2.Verify(hash, DemoPeople.Password);
                Interlocked.Increment(ref done);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
