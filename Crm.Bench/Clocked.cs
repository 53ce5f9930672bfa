using System.Diagnostics;
using System.Globalization;

namespace Crm.Bench;

/// <summary>Times one thing many times over and keeps the middle and the tail.</summary>
static class Clocked
{
    /// <summary>Milliseconds: median and 95th percentile of the runs after a warm-up.</summary>
    public static async Task<(double Median, double P95)> RunAsync(int runs, Func<Task> what)
    {
        for (var i = 0; i < 3; i++) await what();
        var times = new List<double>(runs);
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await what();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * 0.95)]);
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
