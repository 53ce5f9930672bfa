using System.Net.Http.Headers;
using Crm.Data.Seed;
using Npgsql;

namespace Crm.Bench;

/// <summary>A customer's profile with a token, beside a bare endpoint that reads as much with one Npgsql query; both on the same PostgreSQL.</summary>
static class ApiBench
{
    private const int AtOnce = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync()
    {
        await using var shop = await ServedShop.OpenAsync();
        await shop.StartFloorAsync("api-floor", shop.Connection, $"{DemoPeople.Customer.Id}");
        var token = await ServedShop.SignInAsync(DemoPeople.Customer.UserName);
        HttpRequestMessage Profile()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/customers/profile/");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return request;
        }
        HttpRequestMessage Bare() => new(HttpMethod.Get, "/profile");
        await Load.RunAsync(ServedShop.Shop, AtOnce, Warm, Profile);
        await Load.RunAsync(ServedShop.Floor, AtOnce, Warm, Bare);

        // In turns, so that whatever else the machine does meets both.
        var (ours, bare) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await Load.RunAsync(ServedShop.Floor, AtOnce, Lasts, Bare));
            ours.Add(await Load.RunAsync(ServedShop.Shop, AtOnce, Lasts, Profile));
        }
        var ratios = ours.Zip(bare, (a, b) => a.PerSecond / b.PerSecond).Order().ToList();
        Clocked.Say($"api: profile {Middle(ours):0}/s, bare endpoint {Middle(bare):0}/s, {ratios[Rounds / 2]:P0} of it (rounds {ratios[0]:P0} to {ratios[^1]:P0})");
        return 0;
    }

    /// <summary>The floor itself: minimal API, one query, one JSON object.</summary>
    public static async Task<int> ServeFloorAsync(string connection, string userId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(ServedShop.Floor.ToString());
        await using var source = NpgsqlDataSource.Create(connection);
        await using var app = builder.Build();
        var id = Guid.Parse(userId);
        app.MapGet("/up", () => "up");
        app.MapGet("/profile", async (CancellationToken ct) =>
        {
            await using var command = source.CreateCommand("""SELECT "Id", "Email", "FirstName", "LastName", "Phone", "City", "Country", "Language", "OrderCount", "PointsBalance", "JoinedAt", "UpdatedAt" FROM "Customers" WHERE "UserId" = $1""");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var row = await command.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            return new
            {
                Id = row.GetGuid(0), Email = row[1] as string, FirstName = row.GetString(2), LastName = row.GetString(3), Phone = row[4] as string, City = row[5] as string,
                Country = row[6] as string, Language = row.GetString(7), Orders = row.GetInt32(8), Points = row.GetInt32(9), JoinedAt = row.GetDateTime(10), UpdatedAt = row.GetDateTime(11),
            };
        });
        await app.RunAsync();
        return 0;
    }

    private static double Middle(List<LoadResult> results) => results.Select(r => r.PerSecond).Order().ElementAt(results.Count / 2);
}
