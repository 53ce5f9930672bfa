namespace Crm.Web.Ui.Charts;

/// <summary>One step of a funnel.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Count">How many reached it.</param>
/// <param name="Note">What stands under the count, e.g. a sum of money.</param>
/// <param name="Href">Where its name leads.</param>
public sealed record FunnelStep(string Label, long Count, string? Note = null, string? Href = null);
