namespace Crm.E2E.Ground;

/// <summary>One shop on SQLite, one on PostgreSQL, and one browser, for all journeys; each journey signs in in windows of its own.</summary>
public sealed class Street : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningShop Sqlite { get; private set; } = null!;
    public RunningShop Postgres { get; private set; } = null!;

    public RunningShop Shop(string database) => database == "PostgreSQL" ? Postgres : Sqlite;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        Sqlite = await RunningShop.StartAsync(onPostgres: false);
        Postgres = await RunningShop.StartAsync(onPostgres: true);
    }

    /// <summary>A new window of somebody, with cookies of its own.</summary>
    /// <param name="by">Another way to the shop than straight to it: a <see cref="Line"/>.</param>
    public async Task<Visitor> ComeAsync(RunningShop shop, Window? window = null, Uri? by = null)
    {
        var size = window ?? Window.Desk;
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (by ?? shop.Address).ToString(),
            ViewportSize = new() { Width = size.Width, Height = size.Height },
            ColorScheme = size.Dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = size.IsPhone,
            IsMobile = size.IsPhone,
            Locale = "en-CA",
        });
        return await Visitor.OpenAsync(context);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (Sqlite is not null) await Sqlite.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
    }

    private static string Chromium => Environment.GetEnvironmentVariable("CRM_TEST_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";
}

/// <summary>How large somebody's window is, and whether they like it dark.</summary>
public sealed record Window(int Width, int Height, bool IsPhone = false, bool Dark = false)
{
    public static readonly Window Desk = new(1440, 900);
    public static readonly Window Phone = new(390, 844, IsPhone: true);
}

/// <summary>All journeys share the street.</summary>
[CollectionDefinition(Name)]
public sealed class StreetCollection : ICollectionFixture<Street>
{
    public const string Name = "street";
}
