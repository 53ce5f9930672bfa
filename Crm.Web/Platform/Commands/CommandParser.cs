namespace Crm.Web.Platform.Commands;

/// <summary>Reads what follows a command's name; everything it cannot place is refused in one line.</summary>
public static class CommandParser
{
    /// <summary>Options as <c>--port 80</c> or <c>--port=80</c>, settings as <c>--Section:Key=VALUE</c>, operands between them.</summary>
    /// <exception cref="UsageException">Something unknown, missing or left over.</exception>
    public static CommandArguments Parse(ICommand command, IReadOnlyList<string> words)
    {
        var operands = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (!word.StartsWith('-') || word == "-")
            {
                operands.Add(word);
                continue;
            }

            var (name, attached) = Split(word);
            if (command.Options.FirstOrDefault(o => o.Name == name) is { } option)
                options[name] = ValueOf(option, attached, words, ref at);
            else if (attached is not null && HostSettings.Knows(name[2..]))
                settings[name[2..]] = attached;
            else
                throw new UsageException($"there is no option '{name}' for '{command.Name}'. {SeeHelpOf(command)}");
        }

        return operands.Count == command.Operands.Count
            ? new CommandArguments(operands, options, settings)
            : throw WrongOperands(command, operands);
    }

    private static (string Name, string? Attached) Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 2 and var sign ? (word[..sign], word[(sign + 1)..]) : (word, null);

    private static string ValueOf(CommandOption option, string? attached, IReadOnlyList<string> words, ref int at)
    {
        if (option.Placeholder is null)
            return attached is null ? "" : throw new UsageException($"{option.Name} takes no value.");
        if (attached is null && at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal))
            attached = words[++at];
        return string.IsNullOrWhiteSpace(attached)
            ? throw new UsageException($"{option.Name} needs a value: {option.Form}.")
            : attached;
    }

    private static UsageException WrongOperands(ICommand command, List<string> given) =>
        given.Count < command.Operands.Count
            ? new UsageException($"'{command.Name}' needs {command.Operands[given.Count]}. {SeeHelpOf(command)}")
            : new UsageException($"'{command.Name}' has no use for '{given[command.Operands.Count]}'. {SeeHelpOf(command)}");

    private static string SeeHelpOf(ICommand command) => $"See ./run {command.Name} --help.";
}
