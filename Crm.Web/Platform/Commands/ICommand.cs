namespace Crm.Web.Platform.Commands;

/// <summary>One thing that <c>./run</c> can do; its table of options is also its help, so that the help is never stale.</summary>
public interface ICommand
{
    /// <summary>The words a person types, such as <c>import online-retail</c>.</summary>
    string Name { get; }

    /// <summary>What it is for, in one line of the list that <c>./run help</c> prints.</summary>
    string Summary { get; }

    /// <summary>What it must be given, in order, such as <c>FILE</c>.</summary>
    IReadOnlyList<string> Operands => [];

    /// <summary>What it may be given.</summary>
    IReadOnlyList<CommandOption> Options { get; }

    /// <summary>What its help says below the options.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>Does it, and says how it went: 0 is well, anything else is not.</summary>
    Task<int> RunAsync(CommandArguments arguments, CancellationToken ct);
}
