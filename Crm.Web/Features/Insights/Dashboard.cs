using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Insights;

/// <summary>How much time the dashboard's tiles and lists look back on.</summary>
public enum Span { Month, Year, Ever }

/// <summary>The desk: what waits, for everybody who works here.</summary>
public sealed record Desk(
    DeskCounts Counts,
    IReadOnlyList<PipelineStep> Pipeline,
    PipelineTotals Leads,
    IReadOnlyList<PriorityShare> Priorities,
    IReadOnlyList<LowStockRow> LowStock,
    IReadOnlyList<Activity> Recent);

/// <summary>The trade: what owner and managers see above the desk.</summary>
/// <param name="Day">The last day looked at: today, or the end of past trade.</param>
/// <param name="Before">The same days a year before; null for all time.</param>
/// <param name="ThisYear">Months of the year of <paramref name="Day"/>, and <paramref name="LastYear"/> of the one before.</param>
/// <param name="Recent">The last months with new and returning buyers.</param>
public sealed record Trade(
    TradeSource Source,
    bool HasImported,
    DateOnly Day,
    TradeTotals Now,
    TradeTotals? Before,
    int NewCustomers,
    IReadOnlyList<MonthOfTrade> ThisYear,
    IReadOnlyList<MonthOfTrade> LastYear,
    IReadOnlyList<MonthOfTrade> Recent,
    IReadOnlyList<Cohort> Cohorts,
    IReadOnlyList<TopRow> TopProducts,
    IReadOnlyList<TopRow> TopCustomers);

/// <summary>Puts the dashboard together from the queries of this room.</summary>
public sealed class Dashboard(TradeQueries trade, DeskQueries desk, CohortMemory cohortMemory, Shop shop)
{
    private const int Rows = 5;
    private const int RecentMonths = 6;

    public async Task<Result<Desk>> DeskAsync(CancellationToken ct)
    {
        if ((await desk.CountsAsync(ct)).Failed(out var refusal, out var counts)) return refusal;
        if ((await desk.FunnelAsync(ct)).Failed(out refusal, out var pipeline)) return refusal;
        if ((await desk.PrioritiesAsync(ct)).Failed(out refusal, out var priorities)) return refusal;
        if ((await desk.LowStockAsync(Rows, ct)).Failed(out refusal, out var low)) return refusal;
        if ((await desk.RecentAsync(Rows, ct)).Failed(out refusal, out var recent)) return refusal;
        return new Desk(counts, pipeline, PipelineTotals.Of(pipeline), priorities, low, recent);
    }

    public async Task<Result<Trade>> TradeAsync(TradeSource source, Span span, CancellationToken ct)
    {
        var scope = TradeScope.Of(source);
        if ((await trade.LastDayAsync(scope, ct)).Failed(out var refusal, out var lastDay)) return refusal;
        var day = source.Origin is null ? shop.Today : lastDay ?? shop.Today;
        var period = PeriodOf(span, day);
        var years = new Period(new DateOnly(day.Year - 1, 1, 1), day);

        if ((await trade.AnyAsync(TradeSource.OnlineRetail, ct)).Failed(out refusal, out var hasImported)) return refusal;
        if ((await trade.TotalsAsync(scope, period, ct)).Failed(out refusal, out var now)) return refusal;
        var before = span is Span.Ever ? null : (await trade.TotalsAsync(scope, period.YearBefore, ct)).Value;
        if ((await trade.MonthsAsync(scope, span is Span.Ever ? Period.Ever : years, ct)).Failed(out refusal, out var months)) return refusal;
        if ((await CohortsAsync(scope, ct)).Failed(out refusal, out var cohorts)) return refusal;
        if ((await trade.TopProductsAsync(scope, period, Rows, ct)).Failed(out refusal, out var products)) return refusal;
        if ((await trade.TopCustomersAsync(scope, period, Rows, ct)).Failed(out refusal, out var customers)) return refusal;
        var inPeriod = months.Where(m => new DateOnly(m.Year, m.Month, 1) >= new DateOnly(period.From.Year, period.From.Month, 1));
        return new Trade(source, hasImported, day, now, before, inPeriod.Sum(m => m.NewCustomers),
            [.. months.Where(m => m.Year == day.Year)], [.. months.Where(m => m.Year == day.Year - 1)], [.. months.TakeLast(RecentMonths)],
            cohorts, products, customers);
    }

    // By now they were let look at trade.
    private async Task<Result<IReadOnlyList<Cohort>>> CohortsAsync(TradeScope scope, CancellationToken ct)
    {
        var memory = cohortMemory.Of(scope.Source);
        if (memory.Recall(Guid.Empty) is { } known) return Result.Of(known);
        var ticket = memory.Begin();
        var read = await trade.CohortsAsync(scope, ct);
        if (read.Error is null) memory.Keep(Guid.Empty, read.Value, ticket);
        return read;
    }

    internal static Period PeriodOf(Span span, DateOnly day) => span switch
    {
        Span.Month => new Period(new DateOnly(day.Year, day.Month, 1), day),
        Span.Year => new Period(new DateOnly(day.Year, 1, 1), day),
        Span.Ever => Period.Ever,
    };
}
