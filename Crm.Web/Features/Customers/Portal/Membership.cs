using System.Globalization;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>How long somebody has been a customer, in words.</summary>
public static class Membership
{
    /// <summary>"1 year 8 months"; days only in the first month.</summary>
    public static string Length(DateOnly joined, DateOnly today)
    {
        var months = Months(joined, today);
        if (months == 0) return joined >= today ? "First day" : Count(today.DayNumber - joined.DayNumber, "day");
        var (years, rest) = (months / 12, months % 12);
        return (years, rest) switch
        {
            (0, _) => Count(rest, "month"),
            (_, 0) => Count(years, "year"),
            _ => $"{Count(years, "year")} {Count(rest, "month")}",
        };
    }

    /// <summary>"March 2025"; in the first month the day, or "today".</summary>
    public static string Since(DateOnly joined, DateOnly today) =>
        joined >= today ? "today" : joined.ToString(Months(joined, today) == 0 ? "d MMMM" : "MMMM yyyy", CultureInfo.InvariantCulture);

    private static int Months(DateOnly joined, DateOnly today) =>
        Math.Max(0, (today.Year - joined.Year) * 12 + today.Month - joined.Month - (IsBeforeDay(joined, today) ? 1 : 0));

    // Who joined on the 31st has a whole month on the 30th of a month that ends there.
    private static bool IsBeforeDay(DateOnly joined, DateOnly today) =>
        today.Day < joined.Day && today.Day < DateTime.DaysInMonth(today.Year, today.Month);

    private static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";
}
