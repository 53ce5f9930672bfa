using System.Globalization;

namespace Crm.Web.Ui.Charts;

/// <summary>A value axis that starts at 0 (or below, when something is negative) and ends on a round number.</summary>
public sealed class ChartScale
{
    private readonly double top;
    private readonly double bottom;

    /// <summary>Fits <paramref name="values"/> between the two heights of the drawing.</summary>
    public ChartScale(IEnumerable<long> values, double top, double bottom)
    {
        this.top = top;
        this.bottom = bottom;
        var all = values.DefaultIfEmpty().ToList();
        var step = Step(Math.Max(all.Max(), 0) - Math.Min(all.Min(), 0));
        Max = Math.Max(Ceiling(all.Max(), step), step);
        Min = Math.Min(-Ceiling(-all.Min(), step), 0);
        if (all.Max() <= 0 && Min < 0) Max = 0;
        Ticks = [.. Enumerable.Range(0, (int)((Max - Min) / step) + 1).Select(i => Min + i * step)];
    }

    /// <summary>Lowest value of the axis.</summary>
    public long Min { get; }

    /// <summary>Highest value of the axis.</summary>
    public long Max { get; }

    /// <summary>Where the light lines go: three to five.</summary>
    public IReadOnlyList<long> Ticks { get; }

    /// <summary>Height of a value in the drawing.</summary>
    public double Y(long value) => bottom - (bottom - top) * (value - Min) / (Max - Min);

    /// <summary>A coordinate as SVG wants it, with a point whatever the culture.</summary>
    public static string At(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The smallest of 1, 2, 2.5, 5 times a power of ten that gives at most four steps.</summary>
    private static long Step(long span)
    {
        for (var power = 1L; ; power *= 10)
        {
            foreach (var step in (long[])[power, 2 * power, power >= 10 ? power / 10 * 25 : 2 * power, 5 * power])
                if (span <= 4 * step) return step;
        }
    }

    private static long Ceiling(long value, long step) => value <= 0 ? 0 : (value + step - 1) / step * step;
}
