using Crm.Web.Platform.Hosting;

namespace Crm.Web.Platform.Commands;

/// <summary>
/// Finds the command that was typed, runs it, and turns every foreseeable failure into one line on standard error.
/// The first command given is the one meant when none is named.
/// </summary>
public sealed class CommandLine
{
    /// <summary>The exit code when a person asked for something that cannot be meant.</summary>
    public const int Misused = 2;

    /// <summary>The exit code when it was meant, tried, and failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code when a person stopped it, as shells have it for Ctrl+C.</summary>
    public const int Stopped = 130;

    private readonly List<ICommand> commands;
    private readonly TextWriter output;
    private readonly TextWriter error;

    /// <summary>Writes to the console unless a test listens.</summary>
    public CommandLine(IEnumerable<ICommand> commands, TextWriter? output = null, TextWriter? error = null)
    {
        this.output = output ?? Console.Out;
        this.error = error ?? Console.Error;
        this.commands = [.. commands, new HelpCommand(() => this.commands!, this.output)];
    }

    /// <summary>Runs what was typed and returns the exit code; unforeseen exceptions pass, with their stack.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken ct)
    {
        try
        {
            if (args is ["--help" or "-h", ..]) args = ["help"];
            var (command, words) = Find(args);
            if (words.Any(w => w is "--help" or "-h"))
            {
                await output.WriteAsync(CommandHelp.Of(command).AsMemory(), ct);
                return 0;
            }
            return await command.RunAsync(CommandParser.Parse(command, words), ct);
        }
        catch (UsageException e)
        {
            return await EndAsync(e.Message, Misused);
        }
        catch (OperationCanceledException)
        {
            return await EndAsync("stopped.", Stopped);
        }
        catch (Exception e) when (StartupFailure.Explain(e) is { } line)
        {
            return await EndAsync(line, Failed);
        }
    }

    private (ICommand Command, List<string> Words) Find(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0].StartsWith('-')) return (commands[0], [.. args]);

        foreach (var command in commands.OrderByDescending(c => c.Name.Length))
        {
            var name = command.Name.Split(' ');
            if (args.Take(name.Length).SequenceEqual(name)) return (command, [.. args.Skip(name.Length)]);
        }

        var longer = commands.Where(c => c.Name.StartsWith(args[0] + ' ', StringComparison.Ordinal)).Select(c => $"'{c.Name}'").ToList();
        throw new UsageException(longer.Count == 0
            ? $"there is no command '{args[0]}'. See ./run help."
            : $"'{args[0]}' needs one more word: {string.Join(" or ", longer)}. See ./run help.");
    }

    private async Task<int> EndAsync(string line, int exitCode)
    {
        await error.WriteLineAsync($"run: {line}");
        return exitCode;
    }
}
