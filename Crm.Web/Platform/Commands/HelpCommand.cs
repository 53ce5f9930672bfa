namespace Crm.Web.Platform.Commands;

/// <summary>Lists what <c>./run</c> can do.</summary>
internal sealed class HelpCommand(Func<IReadOnlyList<ICommand>> commands, TextWriter output) : ICommand
{
    public string Name => "help";

    public string Summary => "List the commands.";

    public IReadOnlyList<CommandOption> Options => [];

    public async Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
    {
        await output.WriteAsync(CommandHelp.Overview(commands()).AsMemory(), ct);
        return 0;
    }
}
