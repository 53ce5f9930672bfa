using System.Globalization;

namespace Crm.Web.Platform.Typed;

/// <summary>Reads a day as addresses and date fields write it: 2026-01-31.</summary>
public static class DayText
{
    /// <summary>Days that a shop can have traded on or plan for; beyond them a calendar runs out of instants.</summary>
    public static readonly DateOnly First = new(1970, 1, 1), Last = new(2100, 12, 31);

    /// <summary>False for what is no day, and for one that no shop has.</summary>
    public static bool TryRead(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day >= First && day <= Last;
}
