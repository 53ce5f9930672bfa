namespace Crm.Web.Ui.Charts;

/// <summary>One part of a stacked chart.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Values">One per label, never negative.</param>
/// <param name="Series">Its colour, 1 to 6.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<long> Values, int Series);
