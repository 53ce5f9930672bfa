using System.Globalization;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;

namespace Crm.Web.Features.Insights;

/// <summary>Prints the figures of the trade: those of a file that was read in, when there is one, else the shop's own.</summary>
public sealed class FiguresCommand(AppBlueprint blueprint) : ICommand
{
    private const string Json = "--json";
    private const string Source = "--source";

    public string Name => "figures";
    public string Summary => "Print customers, orders, revenue, months, cohorts and the best.";

    public IReadOnlyList<CommandOption> Options { get; } =
    [
        new(Json, null, "As JSON, amounts in whole units with two places."),
        new(Source, "NAME", "shop or online-retail; without it, the file that was read in, else the shop."),
        .. AppArguments.Options,
    ];

    public Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
    {
        var asked = arguments.Text(Source);
        if (asked is not null && TradeSource.Find(asked) is null)
            throw new UsageException($"{Source} takes {string.Join(" or ", TradeSource.All.Select(s => s.Key))}, not '{asked}'.");
        return blueprint.ReadOnceAsync(arguments, async (services, stop) =>
        {
            services.GetRequiredService<CurrentActor>().BecomeSystem(Name);
            var source = TradeSource.Find(asked) ?? await BusiestAsync(services.GetRequiredService<TradeQueries>(), stop);
            var figures = (await services.GetRequiredService<FiguresReport>().OfAsync(TradeScope.Of(source), stop)).Value;
            await Console.Out.WriteLineAsync((arguments.Has(Json) ? figures.ToJson() : Text(figures)).AsMemory(), stop);
            return 0;
        }, ct);
    }

    private static async Task<TradeSource> BusiestAsync(TradeQueries trade, CancellationToken ct) =>
        (await trade.AnyAsync(TradeSource.OnlineRetail, ct)).Value ? TradeSource.OnlineRetail : TradeSource.Shop;

    private static string Text(Figures f) => string.Join(Environment.NewLine,
    [
        $"{f.Source}: {f.Rule}",
        Line($"customers {f.Customers:N0}   orders {f.Orders:N0}   revenue {f.Revenue:N2}   average order {f.AverageOrder:N2}"),
        "",
        "month        revenue   orders   active   new",
        .. f.Months.Select(m => Line($"{m.Month}   {m.Revenue,12:N2}   {m.Orders,6:N0}   {m.ActiveCustomers,6:N0}   {m.NewCustomers,3:N0}")),
        "",
        "cohort    active by months since the first order",
        .. f.Cohorts.Select(c => $"{c.Month}   {string.Join(' ', c.Active)}"),
        "",
        "top customers",
        .. f.TopCustomers.Select(r => Line($"{r.Code,-12} {r.Revenue,14:N2}   {r.Orders:N0} orders")),
        "top products",
        .. f.TopProducts.Select(r => Line($"{r.Code,-12} {r.Revenue,14:N2}   {r.Units:N0} units   {r.Name}")),
        "top countries",
        .. f.TopCountries.Select(r => Line($"{r.Name,-20} {r.Revenue,14:N2}   {r.Orders:N0} orders")),
    ]);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
