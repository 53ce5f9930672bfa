namespace Crm.Web.Platform.Commands;

/// <summary>One option of a command, for the parser and for the help alike.</summary>
/// <param name="Name">With its dashes: <c>--port</c>.</param>
/// <param name="Placeholder">What its value is called in the help; null for a switch that takes none.</param>
/// <param name="Help">What it does, in one line.</param>
public sealed record CommandOption(string Name, string? Placeholder, string Help)
{
    /// <summary>As a person would type it: <c>--port N</c>.</summary>
    public string Form => Placeholder is null ? Name : $"{Name} {Placeholder}";
}
