namespace Crm.Web.Ui;

/// <summary>One tab.</summary>
/// <param name="Key">Its name in code.</param>
/// <param name="Label">Its name on screen.</param>
/// <param name="Count">How many it holds, when that is known.</param>
/// <param name="Href">Its address; without one the tabs switch on the page.</param>
public sealed record TabItem(string Key, string Label, long? Count = null, string? Href = null);
