using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>How many opportunities a stage holds under the filter, what they come to, and what they count for in the forecast.</summary>
public sealed record StageTotal(StageRow Stage, int Count, long AmountMinor)
{
    public Money Amount => new(AmountMinor);
    public Money Weighted => DealForecast.Weigh([(AmountMinor, Stage.ProbabilityBasisPoints)]);
}

/// <summary>What open opportunities of a month come to.</summary>
/// <param name="Month">Its first day; null for those without a day.</param>
/// <param name="Points">The exact weighted sum in ten-thousandths of a minor unit: what is added up further is rounded after it.</param>
public sealed record ForecastMonth(DateOnly? Month, int Count, long AmountMinor, Int128 Points)
{
    public long WeightedMinor => DealForecast.Round(Points).Minor;
}

/// <summary>Open opportunities of one stage and one month.</summary>
public sealed record ForecastCell(DateOnly? Month, int ProbabilityBasisPoints, int Count, long AmountMinor);

/// <summary>
/// The arithmetic of the forecast. Amounts are summed first, weighed exactly, and rounded down once at the end: a forecast promises no
/// cent that nobody expects.
/// </summary>
public static class DealForecast
{
    private const int Whole = 10_000;

    /// <summary>The weighted sum, rounded down to a minor unit.</summary>
    /// <param name="parts">Sums of amounts, each with its probability in basis points.</param>
    public static Money Weigh(IEnumerable<(long AmountMinor, int BasisPoints)> parts) =>
        Round(PointsOf(parts));

    /// <summary>The one rounding of every forecast: down, and only here.</summary>
    public static Money Round(Int128 points) => new((long)(points / Whole));

    /// <summary>Month by month in order, those without a day last.</summary>
    public static IReadOnlyList<ForecastMonth> Months(IEnumerable<ForecastCell> cells) =>
        [.. from cell in cells
            group cell by cell.Month into month
            orderby month.Key is null, month.Key
            select new ForecastMonth(month.Key, month.Sum(c => c.Count), month.Sum(c => c.AmountMinor), PointsOf(month.Select(c => (c.AmountMinor, c.ProbabilityBasisPoints))))];

    /// <summary>What all open stages count for together.</summary>
    public static Money Open(IEnumerable<StageTotal> stages) =>
        Weigh(stages.Where(s => s.Stage.Outcome is DealOutcome.Open).Select(s => (s.AmountMinor, s.Stage.ProbabilityBasisPoints)));

    private static Int128 PointsOf(IEnumerable<(long AmountMinor, int BasisPoints)> parts) =>
        parts.Aggregate(Int128.Zero, (sum, part) => sum + (Int128)part.AmountMinor * part.BasisPoints);
}
