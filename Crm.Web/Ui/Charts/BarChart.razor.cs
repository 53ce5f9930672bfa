using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Ui.Charts;

/// <summary>What a total is made of, period by period. At most four series.</summary>
public partial class BarChart
{
    private long greatest = 1;
    private IReadOnlyList<LegendItem> legend = [];
    private string[] head = [];
    private string[][] lines = [];
    private int every = 1;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>One sentence that says what the picture shows; the title when null.</summary>
    [Parameter] public string? Summary { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>From the foot upwards; each with one value per label.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    [Parameter] public Func<long, string> Format { get; set; } = value => value.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A link at the right of the title.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    private int Width => Math.Max(260, Labels.Count * 34);

    private double Slot => (Width - 8.0) / Math.Max(Labels.Count, 1);

    private double Bar => Math.Min(22, Slot * .6);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        greatest = Math.Max(Labels.Select((_, i) => Total(i)).DefaultIfEmpty().Max(), 1);
        every = Slot < 30 ? 2 : 1;
        legend = [.. Series.Reverse().Select(part => new LegendItem(part.Name, part.Series, "sq"))];
        head = [.. Series.Select(part => part.Name), "Total"];
        lines = [.. Labels.Select((label, i) => (string[])[label, .. Series.Select(part => Format(part.Values[i])), Format(Total(i))])];
    }

    /// <summary>Height of a value; the greatest total fills the drawing up to its label.</summary>
    private double Height(long value) => Math.Max(166.0 * value / greatest, 1);

    private long Total(int index) => Series.Sum(part => part.Values[index]);
}
