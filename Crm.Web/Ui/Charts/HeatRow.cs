namespace Crm.Web.Ui.Charts;

/// <summary>One row of a heat table; null is a cell that cannot have a value yet.</summary>
public sealed record HeatRow(string Label, IReadOnlyList<long?> Cells);
