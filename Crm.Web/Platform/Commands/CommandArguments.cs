using System.Globalization;

namespace Crm.Web.Platform.Commands;

/// <summary>What a person typed after a command's name, already checked against the command's table.</summary>
/// <param name="Operands">As many as the command asks for, in its order.</param>
/// <param name="Options">By name with dashes; a switch has an empty value.</param>
/// <param name="Settings">Settings given as <c>--Section:Key=VALUE</c>; they win over every other source.</param>
public sealed record CommandArguments(
    IReadOnlyList<string> Operands,
    IReadOnlyDictionary<string, string> Options,
    IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>Whether the option or switch was given.</summary>
    public bool Has(string option) => Options.ContainsKey(option);

    /// <summary>The option's value as typed, or null.</summary>
    public string? Text(string option) => Options.GetValueOrDefault(option);

    /// <summary>The option's value as a path; a relative one starts where the person stands.</summary>
    public string? FullPath(string option) => Text(option) is { } path ? Path.GetFullPath(path) : null;

    /// <summary>The option's value as a whole number between the two, or null when it was not given.</summary>
    public int? Number(string option, int least, int most)
    {
        if (Text(option) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} takes a number from {least} to {most}, not '{text}'.");
    }
}
