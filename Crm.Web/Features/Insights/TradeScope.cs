using Crm.Data;
using Crm.Data.Orders;
using Crm.Web.Features.Settings;
using Crm.Web.Ui;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Insights;

/// <summary>Whose trade is looked at: the shop's own, or that of a file that was read in.</summary>
/// <param name="Key">What stands in an address or on the command line.</param>
/// <param name="Origin"><see cref="Order.Origin"/> of its orders; null is the shop's own.</param>
public sealed record TradeSource(string Key, string Label, string? Origin)
{
    public static readonly TradeSource Shop = new("shop", "This shop", null);
    public static readonly TradeSource OnlineRetail = new("online-retail", "Online Retail 2010–2011", PastTrade.OnlineRetail);
    public static readonly TradeSource[] All = [Shop, OnlineRetail];

    /// <summary>How its amounts are written: in the file's own currency, else in the shop's.</summary>
    public CurrencyFormat CurrencyIn(Settings.Shop shop) => shop.CurrencyOf(Origin);

    public static TradeSource? Find(string? key) => All.FirstOrDefault(s => s.Key == key);
}

/// <summary>
/// Which orders count. Always: not cancelled, and a total above zero, so that give-aways are no trade.
/// </summary>
/// <param name="KnownCustomersOnly">Leaves sales without a customer out, as published figures of such data do.</param>
public sealed record TradeScope(TradeSource Source, bool KnownCustomersOnly)
{
    /// <summary>Imported trade is compared with published figures; the shop's own counts every sale.</summary>
    public static TradeScope Of(TradeSource source) => new(source, KnownCustomersOnly: source.Origin is not null);

    internal IQueryable<Order> Orders(CrmDbContext db) => db.Orders.AsNoTracking()
        .Where(o => o.Origin == Source.Origin && o.TotalMinor > 0 && o.Status != OrderStatus.Cancelled)
        .Where(o => !KnownCustomersOnly || o.CustomerId != null);
}

/// <summary>Days from <paramref name="From"/> to <paramref name="To"/>, both counted.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    public static readonly Period Ever = new(DateOnly.MinValue, DateOnly.MaxValue);

    /// <summary>The same days a year before.</summary>
    public Period YearBefore => new(From.AddYears(-1), To.AddYears(-1));
}
