using System.Globalization;

namespace Crm.Web.Features.Customers;

/// <summary>Words about customers that several pages use.</summary>
public static class CustomerWords
{
    /// <summary>Days without a visit after which a list says so in colour.</summary>
    public const int LongAwayDays = 60;

    /// <summary>How long ago a visit was, by the calendar: "Today", "64 days ago"; the month after a year.</summary>
    public static string Ago(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        <= 0 => "Today",
        1 => "Yesterday",
        < 365 and var days => $"{days} days ago",
        _ => day.ToString("MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>How often somebody comes.</summary>
    public static string Every(int days) => days switch { 0 or 1 => "usually every day", _ => $"usually every {days} days" };

    /// <summary>"1 order", "31 orders".</summary>
    public static string Count(long number, string one) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>The class of a tier's diamond; an unknown tier has a plain one.</summary>
    public static string TierClass(string tier) => tier.ToLowerInvariant() switch { "gold" => "gold", "silver" => "silver", "bronze" => "bronze", "platinum" => "platinum", _ => "" };
}
