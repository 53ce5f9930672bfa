namespace Crm.Web.Ui.Forms;

/// <summary>One of the options of a <see cref="SegmentedSwitch{TValue}"/>.</summary>
public sealed record Choice<TValue>(TValue Value, string Label, string? Icon = null);
