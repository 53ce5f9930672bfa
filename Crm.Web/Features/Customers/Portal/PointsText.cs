using System.Globalization;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>Points as people read them.</summary>
public static class PointsText
{
    /// <summary>Grouped, with a true minus sign.</summary>
    public static string Of(long points) => (points < 0 ? "−" : "") + Math.Abs(points).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With its sign: +61, −20.</summary>
    public static string Move(long points) => points < 0 ? Of(points) : $"+{Of(points)}";
}
