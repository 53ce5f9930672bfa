using System.Globalization;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Customers.Statement;

/// <summary>The shop days that a statement covers, both included.</summary>
public sealed record StatementPeriod(DateOnly From, DateOnly To)
{
    private const int MostYears = 3;

    /// <summary>The twelve months up to today.</summary>
    public static StatementPeriod LastYear(DateOnly today) => new(today.AddYears(-1).AddDays(1), today);

    /// <summary>The month of a day, as far as it has come.</summary>
    public static StatementPeriod MonthOf(DateOnly day, DateOnly today)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        return new(first, last > today ? today : last);
    }

    /// <summary>The year of a day, as far as it has come.</summary>
    public static StatementPeriod YearOf(DateOnly day, DateOnly today) => new(new(day.Year, 1, 1), day.Year == today.Year ? today : new(day.Year, 12, 31));

    /// <summary>Reads two days as an address carries them; without both, the last twelve months.</summary>
    public static Result<StatementPeriod> Read(string? from, string? to, DateOnly today)
    {
        if (from is null && to is null) return LastYear(today);
        if (!DayText.TryRead(from, out var first) || !DayText.TryRead(to, out var last)) return new InvalidError(nameof(From), "Write both days like 2026-01-31.");
        if (last < first) return new InvalidError(nameof(To), "The period ends before it begins.");
        if (last > first.AddYears(MostYears)) return new InvalidError(nameof(To), $"A statement covers at most {MostYears} years.");
        return new StatementPeriod(first, last);
    }

    /// <summary>1 Jan 2026 to 21 Nov 2026.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:d MMM yyyy} to {To:d MMM yyyy}");

    /// <summary>from=…&amp;to=…</summary>
    public string ToQuery() => string.Create(CultureInfo.InvariantCulture, $"from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}");
}
