namespace Crm.Web.Ui.Charts;

/// <summary>One line of a chart's legend.</summary>
/// <param name="Name">What the series is.</param>
/// <param name="Series">Its colour, 1 to 6 (1 green, 2 terracotta, 3 blue, 4 ochre, 6 stone).</param>
/// <param name="Mark">How it is drawn: "" a line, "sq" a block, "dashed" a broken line.</param>
public sealed record LegendItem(string Name, int Series, string Mark = "");
