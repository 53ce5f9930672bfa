using System.Globalization;
using System.Net.Http.Headers;
using Crm.Data.Seed;
using Npgsql;

namespace Crm.Bench;

/// <summary>
/// The API's lead list by page number with its count, and the desk's figures, at 100,000 leads; beside a bare endpoint that reads the
/// same rows by key with one Npgsql query, and one that counts and skips. All on the same PostgreSQL.
/// </summary>
static class LeadsApiBench
{
    private const int Leads = 100_000;
    private const int PageSize = 20;
    private const int AtOnce = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(4);

    private const string Columns = """
        "Id", "Name", "Company", "Email", "Phone", "Status", "Priority", "OwnerId", "ValueMinor",
        (SELECT count(*) FROM "LeadContacts" c WHERE c."LeadId" = l."Id"), (SELECT count(*) FROM "LeadNotes" n WHERE n."LeadId" = l."Id"), "CreatedAt", "UpdatedAt"
        """;

    public static async Task<int> RunAsync()
    {
        await using var shop = await ServedShop.OpenAsync();
        await FillAsync(shop.Connection);
        await shop.StartFloorAsync("leads-floor", shop.Connection);
        var token = await ServedShop.SignInAsync(DemoPeople.Owner.UserName);
        var dice = new Random(1);
        int Roll(int most)
        {
            lock (dice) return dice.Next(most);
        }
        HttpRequestMessage Ours(string path)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return request;
        }
        HttpRequestMessage Page() => Ours($"/api/leads/?page={Roll(Leads / PageSize) + 1}");
        HttpRequestMessage First() => Ours("/api/leads/");
        HttpRequestMessage Stats() => Ours("/api/dashboard/stats/");
        HttpRequestMessage Keyset() => new(HttpMethod.Get, $"/keyset?at={Roll(Leads)}");
        HttpRequestMessage Skipped() => new(HttpMethod.Get, $"/skipped?page={Roll(Leads / PageSize) + 1}");

        await Load.RunAsync(ServedShop.Floor, AtOnce, Warm, Keyset);
        foreach (var warm in new[] { Page, First, Stats }) await Load.RunAsync(ServedShop.Shop, AtOnce, Warm, warm);

        // In turns, so that whatever else the machine does meets all of them.
        var (pages, firsts, stats, keysets) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            keysets.Add((await Load.RunAsync(ServedShop.Floor, AtOnce, Lasts, Keyset)).PerSecond);
            pages.Add((await Load.RunAsync(ServedShop.Shop, AtOnce, Lasts, Page)).PerSecond);
            firsts.Add((await Load.RunAsync(ServedShop.Shop, AtOnce, Lasts, First)).PerSecond);
            stats.Add((await Load.RunAsync(ServedShop.Shop, AtOnce, Lasts, Stats)).PerSecond);
        }
        var skipped = await Load.RunAsync(ServedShop.Floor, AtOnce, Lasts, Skipped);
        Clocked.Say($"leads-api: keyset floor {Middle(keysets):0}/s; count and skip {skipped.PerSecond:0}/s, {skipped.PerSecond / Middle(keysets):P0} of it");
        Say("any page by its number with the count", pages, keysets);
        Say("first page with the count", firsts, keysets);
        Clocked.Say($"leads-api: figures of the desk {Middle(stats):0}/s (rounds {stats.Min():0} to {stats.Max():0})");
        return 0;
    }

    /// <summary>The floors: the same rows by key, or counted and skipped.</summary>
    public static async Task<int> ServeFloorAsync(string connection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(ServedShop.Floor.ToString());
        await using var source = NpgsqlDataSource.Create(connection);
        await using var app = builder.Build();
        app.MapGet("/up", () => "up");
        app.MapGet("/keyset", async (int at, CancellationToken ct) =>
        {
            await using var command = source.CreateCommand($"""SELECT {Columns} FROM "Leads" l WHERE "CreatedAt" <= $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT {PageSize}""");
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = At(at) });
            return new { Results = await RowsAsync(command, ct) };
        });
        app.MapGet("/skipped", async (int page, CancellationToken ct) =>
        {
            await using var count = source.CreateCommand("""SELECT count(*) FROM "Leads" """);
            var all = (long)(await count.ExecuteScalarAsync(ct))!;
            await using var command = source.CreateCommand($"""SELECT {Columns} FROM "Leads" l ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT {PageSize} OFFSET $1""");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (page - 1) * PageSize });
            return new { Count = all, Results = await RowsAsync(command, ct) };
        });
        await app.RunAsync();
        return 0;
    }

    private static DateTime At(int lead) => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(lead);

    private static async Task<List<object>> RowsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var rows = new List<object>(PageSize);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            rows.Add(new
            {
                Id = row.GetGuid(0), Name = row.GetString(1), Company = row[2] as string, Email = row[3] as string, Phone = row[4] as string, Status = row.GetString(5), Priority = row.GetString(6),
                OwnerId = row[7] as Guid?, Value = row.GetInt64(8), Contacts = row.GetInt64(9), Notes = row.GetInt64(10), CreatedAt = row.GetDateTime(11), UpdatedAt = row.GetDateTime(12),
            });
        }
        return rows;
    }

    // Every fifth has a contact and a note, so that counting them costs something.
    private static async Task FillAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var fill = source.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            DELETE FROM "Opportunities"; DELETE FROM "Leads";
            INSERT INTO "Leads" ("Id", "Number", "Name", "Company", "Email", "Phone", "Status", "Priority", "ValueMinor", "LostReason", "OwnerId", "Rank", "StatusSince", "TouchedAt", "CreatedAt", "UpdatedAt", "Version")
            SELECT gen_random_uuid(), 100000 + i, 'Lead ' || i, 'Company ' || i, 'lead' || i || '@mail.example', '+2547' || (10000000 + i),
                (ARRAY['New', 'Contacted', 'Qualified', 'Converted', 'Lost'])[i % 5 + 1], (ARRAY['Low', 'Medium', 'High'])[i % 3 + 1], i % 100000, CASE WHEN i % 5 = 4 THEN 'Other' END,
                (ARRAY['{DemoPeople.Owner.Id}', '{DemoPeople.Manager.Id}', '{DemoPeople.Agent.Id}', '{DemoPeople.Agent2.Id}'])[i % 4 + 1]::uuid, i,
                t, t, t, t, 1
            FROM (SELECT i, TIMESTAMPTZ '2024-01-01 00:00:00Z' + i * INTERVAL '1 minute' AS t FROM generate_series(0, {Leads - 1}) AS i) AS made;
            INSERT INTO "LeadContacts" ("Id", "LeadId", "Name", "IsPrimary", "CreatedAt", "UpdatedAt", "Version") SELECT gen_random_uuid(), "Id", 'Kwame', true, "CreatedAt", "CreatedAt", 1 FROM "Leads" WHERE "Number" % 5 = 0;
            INSERT INTO "LeadNotes" ("Id", "LeadId", "Text", "IsPinned", "CreatedAt", "UpdatedAt", "Version") SELECT gen_random_uuid(), "Id", 'Words', false, "CreatedAt", "CreatedAt", 1 FROM "Leads" WHERE "Number" % 5 = 0;
            """));
        fill.CommandTimeout = 300;
        await fill.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE");
        analyze.CommandTimeout = 300;
        await analyze.ExecuteNonQueryAsync();
    }

    private static void Say(string what, List<double> ours, List<double> floor)
    {
        var ratios = ours.Zip(floor, (a, b) => a / b).Order().ToList();
        Clocked.Say($"leads-api: {what} {Middle(ours):0}/s, {ratios[Rounds / 2]:P0} of the keyset floor (rounds {ratios[0]:P0} to {ratios[^1]:P0})");
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
