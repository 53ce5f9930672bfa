using System.Text;
using Crm.Web.Platform.Commands;

namespace Crm.Web.Features.Accounts.Owner;

/// <summary>
/// Finds out who is to own the shop: from the environment, and whatever is missing there from a person at a terminal. Without a terminal
/// nothing is waited for.
/// </summary>
public sealed class OwnerQuestions(Func<string, string?> environment, bool hasTerminal, Func<string, string?> ask, Func<string, string?> askHidden)
{
    public const string Email = "CRM_OWNER_EMAIL";
    public const string Name = "CRM_OWNER_NAME";
    public const string Password = "CRM_OWNER_PASSWORD";

    /// <summary>Asks at the console.</summary>
    public static OwnerQuestions OfConsole() => new(Environment.GetEnvironmentVariable, !Console.IsInputRedirected, AskConsole, AskConsoleHidden);

    /// <summary>The answers; none of them is checked here but that the password was typed the same twice.</summary>
    /// <exception cref="UsageException">Something is missing, and nobody is there to ask.</exception>
    public NewOwner Answers()
    {
        var missing = new[] { Email, Name, Password }.Where(name => string.IsNullOrWhiteSpace(environment(name))).ToList();
        if (missing.Count > 0 && !hasTerminal) throw new UsageException($"there is no terminal to ask at: set {string.Join(", ", missing)}. See ./run {CreateOwnerCommand.CommandName} --help.");
        return new NewOwner(Of(Email, "E-mail: "), Of(Name, "Name: "), missing.Contains(Password) ? Twice() : environment(Password)!);
    }

    private string Of(string name, string question) =>
        environment(name) is { } known && !string.IsNullOrWhiteSpace(known) ? known : ask(question) ?? throw Ended();

    private string Twice()
    {
        var password = askHidden("Password: ") ?? throw Ended();
        var again = askHidden("The same again: ") ?? throw Ended();
        return password == again ? password : throw new UsageException("the two passwords are not the same. Nothing was changed.");
    }

    private static UsageException Ended() => new("the answers ended before the last question. Nothing was changed.");

    private static string? AskConsole(string question)
    {
        Console.Error.Write(question);
        return Console.ReadLine();
    }

    private static string? AskConsoleHidden(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key is not ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key is ConsoleKey.D && key.Modifiers is ConsoleModifiers.Control) return null;
            if (key.Key is ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
