using System.Globalization;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Times;
using Crm.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Settings;

/// <summary>
/// The shop as every page needs it: its settings, its day and its money, from memory; follows a change of the settings on any node.
/// </summary>
public sealed class Shop : IDisposable
{
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;
    private ShopSettings settings = new();
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    public Shop(CrmDatabase database, ChangeFeed changes)
    {
        this.database = database;
        subscription = changes.Subscribe([ChangeKinds.Setting], _ => LoadAsync(CancellationToken.None));
        Use(settings);
    }

    public ShopSettings Settings => settings;

    /// <summary>The clocks and chances of the lead board.</summary>
    public PipelineSettings Pipeline { get; private set; } = new();
    public DateTime Now => database.Clock.GetUtcNow().UtcDateTime;

    /// <summary>By whose clock the shop's people live.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The shop's calendar day.</summary>
    public DateOnly Today => DayOf(Now);

    /// <summary>Reads the settings from the database; called at the start and after a change.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("settings"));
        var rows = await db.Settings.AsNoTracking().Where(s => s.Key == SettingKeys.Shop || s.Key == SettingKeys.Pipeline).ToDictionaryAsync(s => s.Key, s => s.Json, ct);
        if (rows.TryGetValue(SettingKeys.Pipeline, out var pipeline)) Pipeline = JsonSerializer.Deserialize<PipelineSettings>(pipeline)!;
        if (rows.TryGetValue(SettingKeys.Shop, out var shop)) Use(JsonSerializer.Deserialize<ShopSettings>(shop)!);
    }

    public DateTime ToLocal(DateTime utc) => zone.ToWall(utc);
    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(ToLocal(utc));

    /// <summary>The instant of a wall-clock time of the shop; a time that daylight saving skips moves an hour on.</summary>
    public DateTime ToUtc(DateTime local) => zone.ToInstant(local);

    /// <summary>How this shop writes money.</summary>
    public CurrencyFormat Currency { get; private set; } = new("CAD", "$");

    /// <summary>$1,234.50, with a true minus sign.</summary>
    public string Format(Money money) => Currency.Format(money.Minor, culture: CultureInfo.InvariantCulture);

    /// <summary>$1,235: whole units for boards and tiles.</summary>
    public string FormatWhole(Money money) => Currency.Format(money.Minor, whole: true, CultureInfo.InvariantCulture);

    public void Dispose() => subscription.Dispose();

    private void Use(ShopSettings now) =>
        (settings, zone, Currency) = (now, TimeZoneInfo.FindSystemTimeZoneById(now.TimeZone), new CurrencyFormat(now.Currency, now.CurrencySymbol));
}

/// <summary>The rows of the settings table.</summary>
public static class SettingKeys
{
    public const string Shop = "shop";
    public const string Pipeline = "pipeline";
}
