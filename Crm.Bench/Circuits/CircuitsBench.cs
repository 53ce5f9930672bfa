using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Crm.Data.Seed;
using Npgsql;

namespace Crm.Bench.Circuits;

/// <summary>
/// Many people on the board of 5,000 leads at once: each opens a lead, looks at it, closes it, and thinks in between. Told are the
/// circuits that were lost, what each keeps on the server's heap, and how long a click takes until its answer was drawn: as the client
/// sees it, and on the server alone (<see cref="ClickWatch"/>). The promise is about the server; the client, the server and PostgreSQL
/// share this machine, so that a client's click also waits for the other clients.
/// </summary>
static partial class CircuitsBench
{
    private const int Leads = 5000;
    private const string SignInPath = "/account/sign-in";
    private const int OpenedPerSecond = 20;
    private const int OnScreen = 60;
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(5);
    private static readonly string[] Columns = ["New", "Contacted", "Qualified"];
    private static int moves;

    /// <param name="seconds">How long they work.</param>
    /// <param name="moveOne">One of so many clicks moves a card instead, for everybody to see; 0 for none.</param>
    public static async Task<int> RunAsync(int people, int seconds, int moveOne)
    {
        await using var shop = await ServedShop.OpenAsync(("DOTNET_STARTUP_HOOKS", typeof(CircuitsBench).Assembly.Location), (StartupHook.Port, $"{ServedShop.HeapPort}"),
            ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(ClickWatch).Assembly.GetName().Name!));
        await FillAsync(shop.Connection);
        var jar = new CookieContainer();
        using var handler = new SocketsHttpHandler { CookieContainer = jar, MaxConnectionsPerServer = 200 };
        using var client = new HttpClient(handler) { BaseAddress = ServedShop.Shop };
        await SignInAsync(client);
        var (board, cookies) = (new Uri(ServedShop.Shop, "/leads"), jar.GetCookieHeader(ServedShop.Shop));
        var leads = await LeadsAsync(shop.Connection);

        // The first circuits compile the code; they are gone again before the heap is looked at.
        for (var i = 0; i < 5; i++)
        {
            await using var first = await BlazorCircuit.OpenAsync(client, board, cookies, CancellationToken.None);
            await ClickAsync(first, leads[i]);
        }
        await SettleAsync();
        var before = await HeapAsync();

        var circuits = new List<BlazorCircuit>();
        var opening = new List<Task<BlazorCircuit>>();
        for (var i = 0; i < people; i++)
        {
            opening.Add(BlazorCircuit.OpenAsync(client, board, cookies, CancellationToken.None));
            await Task.Delay(TimeSpan.FromSeconds(1.0 / OpenedPerSecond), TimeProvider.System);
        }
        circuits.AddRange(await Task.WhenAll(opening));
        await SettleAsync();
        var each = (await HeapAsync() - before) / 1000.0 / people;
        Clocked.Say($"circuits: {people} opened, {each:0} kB of heap each");
        await SettleAsync();
        var (cpu, asked, _) = await WatchedAsync(client);

        var end = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency;
        moves = 0;
        var times = await Task.WhenAll(circuits.Select((circuit, i) => WorkAsync(circuit, leads, i, end, moveOne)));
        var clicks = times.SelectMany(t => t).Order().ToList();
        var watched = await WatchedAsync(client);
        var lost = circuits.Count(c => c.Lost is not null);
        Clocked.Say($"circuits: {people} on the board of {Leads} leads, {lost} lost, {each:0} kB of heap each; {clicks.Count} clicks in {seconds} s, {(watched.Cpu - cpu) * 1000 / clicks.Count:0.0} ms of the server's processor and {(watched.Asked - asked) / (double)clicks.Count:0.0} queries each (with the closing{(moves > 0 ? $", and with {moves} moves" : "")})");
        Say("on the server", watched.Clicks);
        Say("at the client", clicks);
        foreach (var why in circuits.Select(c => c.Lost).OfType<string>().Distinct().Take(3)) Console.WriteLine($"  lost: {why}");
        await SettleAsync();
        Clocked.Say($"circuits: {(await HeapAsync() - before) / 1000.0 / people:0} kB of heap each after it");
        foreach (var circuit in circuits) await circuit.DisposeAsync();
        return lost == 0 ? 0 : 1;
    }

    private static void Say(string where, List<double> clicks) =>
        Clocked.Say($"circuits: a click {where}: median {clicks[clicks.Count / 2]:0.0} ms, p95 {clicks[(int)(clicks.Count * 0.95)]:0.0} ms, p99 {clicks[(int)(clicks.Count * 0.99)]:0.0} ms, longest {clicks[^1]:0.0} ms ({clicks.Count})");

    // What the server has seen since it was asked last; the processor seconds it has used, and its questions to the database so far.
    private static async Task<(double Cpu, double Asked, List<double> Clicks)> WatchedAsync(HttpClient client)
    {
        var lines = (await client.GetStringAsync(ClickWatch.Path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToList();
        return (lines[0], lines[1], [.. lines.Skip(2).Order()]);
    }

    private static async Task<List<double>> WorkAsync(BlazorCircuit circuit, IReadOnlyList<Guid> leads, int person, long end, int moveOne)
    {
        var (random, times) = (new Random(person), new List<double>());
        await Task.Delay(Think * random.NextDouble(), TimeProvider.System);
        while (Stopwatch.GetTimestamp() < end && circuit.Lost is null)
        {
            try
            {
                if (moveOne > 0 && random.Next(moveOne) == 0) await MoveAsync(circuit, leads[random.Next(OnScreen)], random);
                else times.Add(await ClickAsync(circuit, leads[random.Next(leads.Count)]));
                await Task.Delay(Think * (0.5 + random.NextDouble()), TimeProvider.System);
            }
            catch (Exception) when (circuit.Lost is not null)
            {
                // counted as lost
            }
        }
        return times;
    }

    // From the click until the panel's newest to oldest lines are drawn; then the panel is closed again.
    private static async Task<double> ClickAsync(BlazorCircuit circuit, Guid lead)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        const string page = "LeadBoardPage.";
        await circuit.WaitForListenerAsync(page, patience.Token);
        var start = Stopwatch.GetTimestamp();
        await circuit.CallAsync(page, ClickWatch.Method, $"""["/leads/{lead}",false]""", ClickWatch.Answer, patience.Token);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await circuit.CallAsync(page, ClickWatch.Method, """["/leads",false]""", null, patience.Token);
        return took;
    }

    // Some of them may have been pushed off this screen by others meanwhile: then nothing happens.
    private static async Task MoveAsync(BlazorCircuit circuit, Guid lead, Random random)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await circuit.CallAsync("BoardView.", "DropAsync", $"""["{lead}","{Columns[random.Next(Columns.Length)]}",null]""", null, patience.Token);
        Interlocked.Increment(ref moves);
    }

    private static async Task SignInAsync(HttpClient client)
    {
        var page = await client.GetStringAsync(SignInPath);
        using var form = new FormUrlEncodedContent(
        [
            .. HiddenField().Matches(page).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).DistinctBy(f => f.Key),
            KeyValuePair.Create("Form.Identifier", DemoPeople.Owner.UserName),
            KeyValuePair.Create("Form.Password", DemoPeople.Password),
        ]);
        using var answer = await client.PostAsync(SignInPath, form);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task FillAsync(string connection)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            INSERT INTO "Leads" ("Id", "Number", "Name", "City", "Status", "Priority", "ValueMinor", "Rank", "StatusSince", "TouchedAt", "CreatedAt", "UpdatedAt", "Version")
            SELECT gen_random_uuid(), 100000 + n, 'Kitchen ' || n, 'Toronto', (ARRAY['New','Contacted','Qualified'])[1 + n % 3], 'Medium', n * 100, n * 1048576::bigint, now(), now(), now(), now(), 0
            FROM generate_series(1, {Leads}) n
            """, database);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<Guid>> LeadsAsync(string connection)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand("""SELECT "Id" FROM "Leads" ORDER BY "Rank" LIMIT 500""", database);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);

    private static async Task<long> HeapAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, ServedShop.HeapPort);
        using var reader = new StreamReader(client.GetStream());
        return long.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""", RegexOptions.None, 2000)]
    private static partial Regex HiddenField();
}
