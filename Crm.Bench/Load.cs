using System.Diagnostics;

namespace Crm.Bench;

/// <summary>How a stream of requests went.</summary>
readonly record struct LoadResult(double PerSecond, double Median, double P95);

/// <summary>Sends the same request again and again, a fixed number at once, for a fixed time; every answer has to be a success.</summary>
static class Load
{
    public static async Task<LoadResult> RunAsync(Uri host, int atOnce, TimeSpan lasts, Func<HttpRequestMessage> request)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = atOnce };
        using var client = new HttpClient(handler) { BaseAddress = host };
        var (start, times) = (Stopwatch.GetTimestamp(), new List<double>[atOnce]);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async worker =>
        {
            var mine = times[worker] = [];
            while (Stopwatch.GetElapsedTime(start) < lasts)
            {
                var sent = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request());
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }));
        var all = times.SelectMany(t => t).Order().ToList();
        return new LoadResult(all.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, all[all.Count / 2], all[(int)(all.Count * 0.95)]);
    }
}
