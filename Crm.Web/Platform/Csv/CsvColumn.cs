namespace Crm.Web.Platform.Csv;

/// <summary>One column of an export.</summary>
/// <param name="Header">The first row's text.</param>
/// <param name="Text">The cell; null is empty.</param>
/// <param name="IsNumber">True only for what the product itself computed: a minus sign is then a number, not a formula.</param>
public sealed record CsvColumn<T>(string Header, Func<T, string?> Text, bool IsNumber = false);
