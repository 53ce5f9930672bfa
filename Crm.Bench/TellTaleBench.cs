using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Crm.Data.Seed;

namespace Crm.Bench;

/// <summary>How long the pages take that must not tell who has an account: for a known address beside a new one, in turns.</summary>
static partial class TellTaleBench
{
    private const int Warm = 10;
    private const int Runs = 150;
    private const string Password = "Egusi & ogbono 4";

    private static int made;

    public static async Task<int> RunAsync()
    {
        await using var shop = await ServedShop.OpenAsync();
        await CompareAsync("register", "/account/register", email => [new("Form.FirstName", "Ama"), new("Form.Email", email), new("Form.Password", Password), new("Form.Repeated", Password)]);
        await CompareAsync("forgotten password", "/account/forgot", email => [new("Form.Identifier", email)]);
        await CompareAsync("another link", "/account/verify-again", email => [new("Form.Identifier", email)]);
        return 0;
    }

    private static async Task CompareAsync(string what, string path, Func<string, KeyValuePair<string, string>[]> fields)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = ServedShop.Shop };
        var page = await client.GetStringAsync(path);
        KeyValuePair<string, string>[] hidden = [.. Hidden().Matches(page).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value)).DistinctBy(f => f.Key)];
        var (known, fresh) = (new List<double>(), new List<double>());
        for (var run = -Warm; run < Runs; run++)
        {
            var (one, other) = (await SendAsync(DemoPeople.Customer.Email), await SendAsync($"bench{++made}@mail.example"));
            if (run < 0) continue;
            known.Add(one);
            fresh.Add(other);
        }
        known.Sort();
        fresh.Sort();
        Clocked.Say($"telltale: {what}: known address median {known[Runs / 2]:0.00} ms, p95 {known[(int)(Runs * 0.95)]:0.00}; new one {fresh[Runs / 2]:0.00} and {fresh[(int)(Runs * 0.95)]:0.00}; known / new {known[Runs / 2] / fresh[Runs / 2]:P0}");

        async Task<double> SendAsync(string email)
        {
            using var form = new FormUrlEncodedContent([.. hidden, .. fields(email)]);
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return answer.StatusCode is HttpStatusCode.Found && answer.Headers.Location!.ToString().EndsWith("sent=1", StringComparison.Ordinal)
                ? took : throw new InvalidOperationException($"{what} answered {(int)answer.StatusCode}.");
        }
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]+)" />""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
