namespace Crm.Web.Platform.Pdf;

/// <summary>The vertical axis of a chart: from 0 to a round number just above the values, in four or five even steps.</summary>
internal sealed class ChartScale
{
    private const double Steps = 4, Furthest = 1e24;
    private readonly double low, high, step;

    public ChartScale(IEnumerable<decimal?> values)
    {
        var known = values.OfType<decimal>().ToList();
        var (least, most) = (known.Append(0).Min(value => Bound(value)), known.Append(0).Max(value => Bound(value)));
        if (least == 0 && most == 0) (high, step) = (1, 2);
        else
        {
            step = Round((most - least) / Steps);
            if (known.TrueForAll(decimal.IsInteger)) step = Math.Max(1, step);
            low = Math.Floor(least / step) * step;
            high = Math.Ceiling(most / step) * step;
        }
    }

    public IEnumerable<decimal> Ticks
    {
        get
        {
            for (var i = Math.Round(low / step); i * step <= high + step / 100; i++) yield return (decimal)(i * step);
        }
    }

    /// <returns>0 at the foot of the axis, 1 at its top.</returns>
    public double Share(decimal value) => (Bound(value) - low) / (high - low);

    private static double Bound(decimal value) => Math.Clamp((double)value, -Furthest, Furthest);

    private static double Round(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 2.5 when power >= 10 => 2.5 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
