using Crm.Data;
using Crm.Data.Orders;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Insights;

/// <summary>What was sold, as SQL aggregates; owner and managers only.</summary>
public sealed class TradeQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    /// <summary>The day of the last order, so that past trade is looked at from its own end; null without orders.</summary>
    public async Task<Result<DateOnly?>> LastDayAsync(TradeScope scope, CancellationToken ct) =>
        await ReadAsync(db => scope.Orders(db).MaxAsync(o => (DateOnly?)o.PlacedOn, ct), ct);

    /// <summary>Whether a source has any orders.</summary>
    public async Task<Result<bool>> AnyAsync(TradeSource source, CancellationToken ct) =>
        await ReadAsync(db => TradeScope.Of(source).Orders(db).AnyAsync(ct), ct);

    public async Task<Result<TradeTotals>> TotalsAsync(TradeScope scope, Period period, CancellationToken ct) =>
        await ReadAsync(async db =>
        {
            var orders = In(scope.Orders(db), period);
            var sums = await orders.GroupBy(_ => 1).Select(g => new
            {
                Orders = g.Count(),
                Revenue = g.Sum(o => o.TotalMinor),
                Customers = g.Where(o => o.CustomerId != null).Select(o => o.CustomerId).Distinct().Count(),
            }).SingleOrDefaultAsync(ct);
            return new TradeTotals(sums?.Orders ?? 0, new Money(sums?.Revenue ?? 0), sums?.Customers ?? 0);
        }, ct);

    /// <summary>Every month of the period that had trade, oldest first.</summary>
    public async Task<Result<IReadOnlyList<MonthOfTrade>>> MonthsAsync(TradeScope scope, Period period, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<MonthOfTrade>>(async db =>
        {
            var months = await In(scope.Orders(db), period).GroupBy(o => new { o.PlacedOn.Year, o.PlacedOn.Month })
                .Select(g => new
                {
                    g.Key.Year,
                    g.Key.Month,
                    Revenue = g.Sum(o => o.TotalMinor),
                    Orders = g.Count(),
                    Customers = g.Where(o => o.CustomerId != null).Select(o => o.CustomerId).Distinct().Count(),
                }).ToListAsync(ct);
            var firsts = await FirstDays(scope.Orders(db)).Where(f => f.First >= period.From && f.First <= period.To)
                .GroupBy(f => new { f.First.Year, f.First.Month })
                .Select(g => new { g.Key.Year, g.Key.Month, Count = g.Count() }).ToDictionaryAsync(f => (f.Year, f.Month), f => f.Count, ct);
            return [.. months.OrderBy(m => m.Year).ThenBy(m => m.Month)
                .Select(m => new MonthOfTrade(m.Year, m.Month, new Money(m.Revenue), m.Orders, m.Customers, firsts.GetValueOrDefault((m.Year, m.Month))))];
        }, ct);

    /// <summary>Every day of the period that had trade, oldest first.</summary>
    public async Task<Result<IReadOnlyList<DayOfTrade>>> DaysAsync(TradeScope scope, Period period, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<DayOfTrade>>(async db =>
        {
            var days = await In(scope.Orders(db), period).GroupBy(o => o.PlacedOn).Select(g => new
            {
                g.Key,
                Revenue = g.Sum(o => o.TotalMinor),
                Orders = g.Count(),
                Customers = g.Where(o => o.CustomerId != null).Select(o => o.CustomerId).Distinct().Count(),
            }).OrderBy(d => d.Key).ToListAsync(ct);
            return [.. days.Select(d => new DayOfTrade(d.Key, new Money(d.Revenue), d.Orders, d.Customers))];
        }, ct);

    /// <summary>Retention by the month of the first order, oldest cohort first; months without a buyer stand as 0 up to the last month of trade.</summary>
    public async Task<Result<IReadOnlyList<Cohort>>> CohortsAsync(TradeScope scope, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<Cohort>>(async db =>
        {
            var active = scope.Orders(db).Where(o => o.CustomerId != null)
                .Select(o => new { o.CustomerId, o.PlacedOn.Year, o.PlacedOn.Month }).Distinct();
            var cells = await active.Join(FirstDays(scope.Orders(db)), a => a.CustomerId, f => f.CustomerId, (a, f) => new { a.Year, a.Month, f.First })
                .GroupBy(x => new { FirstYear = x.First.Year, FirstMonth = x.First.Month, x.Year, x.Month })
                .Select(g => new { g.Key.FirstYear, g.Key.FirstMonth, g.Key.Year, g.Key.Month, Customers = g.Count() }).ToListAsync(ct);
            if (cells.Count == 0) return [];

            var last = cells.Max(c => Index(c.Year, c.Month));
            var counts = cells.ToDictionary(c => (Index(c.FirstYear, c.FirstMonth), Index(c.Year, c.Month)), c => c.Customers);
            return [.. cells.Select(c => Index(c.FirstYear, c.FirstMonth)).Distinct().Order().Select(first => new Cohort(first / 12, first % 12 + 1,
                [.. Enumerable.Range(first, last - first + 1).Select(month => counts.GetValueOrDefault((first, month)))]))];
        }, ct);

    public async Task<Result<IReadOnlyList<TopRow>>> TopCustomersAsync(TradeScope scope, Period period, int count, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<TopRow>>(async db =>
        {
            var best = In(scope.Orders(db), period).Where(o => o.CustomerId != null).GroupBy(o => o.CustomerId!.Value)
                .Select(g => new { Id = g.Key, Revenue = g.Sum(o => o.TotalMinor), Orders = g.Count() })
                .OrderByDescending(g => g.Revenue).ThenBy(g => g.Id).Take(count);
            var rows = await best.Join(db.Customers, b => b.Id, c => c.Id, (b, c) => new { b.Id, b.Revenue, b.Orders, c.Number, c.ExternalId, c.FirstName, c.LastName }).ToListAsync(ct);
            return [.. rows.OrderByDescending(r => r.Revenue).ThenBy(r => r.Id)
                .Select(r => new TopRow(r.Id, r.ExternalId ?? $"C-{r.Number}", $"{r.FirstName} {r.LastName}".Trim(), new Money(r.Revenue), r.Orders))];
        }, ct);

    public async Task<Result<IReadOnlyList<TopRow>>> TopProductsAsync(TradeScope scope, Period period, int count, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<TopRow>>(async db =>
        {
            var best = In(scope.Orders(db), period).SelectMany(o => o.Lines).Where(l => l.ProductId != null && l.TotalMinor > 0).GroupBy(l => l.ProductId!.Value)
                .Select(g => new { Id = g.Key, Revenue = g.Sum(l => l.TotalMinor), Units = g.Sum(l => (long)l.Quantity) })
                .OrderByDescending(g => g.Revenue).ThenBy(g => g.Id).Take(count);
            var rows = await best.Join(db.Products, b => b.Id, p => p.Id, (b, p) => new { b.Id, b.Revenue, b.Units, p.Sku, p.Name }).ToListAsync(ct);
            return [.. rows.OrderByDescending(r => r.Revenue).ThenBy(r => r.Id).Select(r => new TopRow(r.Id, r.Sku, r.Name, new Money(r.Revenue), r.Units))];
        }, ct);

    public async Task<Result<IReadOnlyList<TopRow>>> TopCountriesAsync(TradeScope scope, Period period, int count, CancellationToken ct) =>
        await ReadAsync<IReadOnlyList<TopRow>>(async db =>
        {
            var rows = await In(scope.Orders(db), period).Where(o => o.Country != null).GroupBy(o => o.Country!)
                .Select(g => new { Name = g.Key, Revenue = g.Sum(o => o.TotalMinor), Orders = g.Count() })
                .OrderByDescending(g => g.Revenue).ThenBy(g => g.Name).Take(count).ToListAsync(ct);
            return [.. rows.Select(r => new TopRow(Guid.Empty, r.Name, r.Name, new Money(r.Revenue), r.Orders))];
        }, ct);

    private async Task<Result<T>> ReadAsync<T>(Func<CrmDbContext, Task<T>> read, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeTrade) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await read(db);
    }

    private static IQueryable<Order> In(IQueryable<Order> orders, Period period) =>
        period == Period.Ever ? orders : orders.Where(o => o.PlacedOn >= period.From && o.PlacedOn <= period.To);

    private static IQueryable<FirstDay> FirstDays(IQueryable<Order> orders) => orders.Where(o => o.CustomerId != null)
        .GroupBy(o => o.CustomerId).Select(g => new FirstDay { CustomerId = g.Key, First = g.Min(o => o.PlacedOn) });

    private static int Index(int year, int month) => year * 12 + month - 1;

    private sealed class FirstDay
    {
        public Guid? CustomerId { get; init; }
        public DateOnly First { get; init; }
    }
}
