using System.Globalization;
using Microsoft.AspNetCore.Components;
using static Crm.Web.Ui.Charts.ChartScale;

namespace Crm.Web.Ui.Charts;

/// <summary>Two years of the same months, so that one sees at once whether it goes better or worse.</summary>
public partial class LineChart
{
    private ChartScale scale = new([], 10, 222);
    private IReadOnlyList<LegendItem> legend = [];
    private string[] head = [];
    private string[][] lines = [];
    private double left;
    private int last;
    private int every = 1;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>One sentence that says what the picture shows; the title when null.</summary>
    [Parameter] public string? Summary { get; set; }

    /// <summary>Names along the foot: Jan, Feb …</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>This year, one per label; null for what has not come yet.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<long?> Current { get; set; } = [];

    /// <summary>Last year, one per label; empty when there was none.</summary>
    [Parameter] public IReadOnlyList<long?> Previous { get; set; } = [];

    [Parameter] public string CurrentName { get; set; } = "This year";
    [Parameter] public string PreviousName { get; set; } = "Last year";

    /// <summary>How a value is written in full.</summary>
    [Parameter] public Func<long, string> Format { get; set; } = value => value.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>How a value is written at the axis; as <see cref="Format"/> when null.</summary>
    [Parameter] public Func<long, string>? AxisFormat { get; set; }

    /// <summary>Words at the last point: "$48.4k so far".</summary>
    [Parameter] public string? LastLabel { get; set; }

    /// <summary>A link at the right of the title.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    private double Gap => Labels.Count > 1 ? (538 - left) / (Labels.Count - 1) : 538 - left;

    /// <summary>Above the last point, or below it where the line comes down from above.</summary>
    private double LabelHeight
    {
        get
        {
            var y = scale.Y(Current[last]!.Value);
            var falls = last > 0 && Current[last - 1] is { } before && scale.Y(before) < y - 4;
            return falls && y < 196 ? y + 20 : Math.Max(y - 12, 12);
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        scale = new(Current.Concat(Previous).OfType<long>(), 10, 222);
        left = 14 + 6.7 * scale.Ticks.Max(tick => Axis(tick).Length);
        last = Current.ToList().FindLastIndex(value => value is not null);
        every = (Labels.Count + 11) / 12;
        legend = Previous.Count > 0 ? [new(CurrentName, 1), new(PreviousName, 6, "dashed")] : [];
        head = Previous.Count > 0 ? [CurrentName, PreviousName] : [CurrentName];
        lines = [.. Labels.Select((label, i) => (string[])(Previous.Count > 0
            ? [label, Text(Current, i), Text(Previous, i)]
            : [label, Text(Current, i)]))];
    }

    private string Axis(long value) => (AxisFormat ?? Format)(value);

    private double X(int index) => left + index * Gap;

    private string Text(IReadOnlyList<long?> values, int index) =>
        index < values.Count && values[index] is { } value ? Format(value) : "–";

    private string Tip(int index) => Previous.Count > 0
        ? $"{Labels[index]}: {Text(Current, index)}, {PreviousName} {Text(Previous, index)}"
        : $"{Labels[index]}: {Text(Current, index)}";

    /// <summary>A line through the values; a gap stays a gap.</summary>
    private string Path(IReadOnlyList<long?> values)
    {
        var path = new System.Text.StringBuilder();
        var broken = true;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value) path.Append(broken ? " M" : " L").Append(At(X(i))).Append(' ').Append(At(scale.Y(value)));
            broken = values[i] is null;
        }
        return path.ToString().TrimStart();
    }
}
