using Crm.Web.Ui;

namespace Crm.Web.Features.Settings;

/// <summary>The money of trade that happened elsewhere and was read in: amounts stay as they stood there, nothing is converted.</summary>
public static class PastTrade
{
    /// <summary>What the Online Retail file calls its records, and its pounds.</summary>
    public const string OnlineRetail = "online-retail";

    private static readonly Dictionary<string, CurrencyFormat> Currencies = new() { [OnlineRetail] = new("GBP", "£") };

    /// <summary>The currency of a record's amounts, by its origin; null is the shop's own.</summary>
    public static CurrencyFormat CurrencyOf(this Shop shop, string? origin) =>
        origin is not null && Currencies.TryGetValue(origin, out var there) && there.Code != shop.Settings.Currency ? there : shop.Currency;

    /// <summary>The origins whose amounts cannot be added to the shop's own.</summary>
    public static string[] ForeignOrigins(this Shop shop) => [.. Currencies.Where(c => c.Value.Code != shop.Settings.Currency).Select(c => c.Key)];
}
