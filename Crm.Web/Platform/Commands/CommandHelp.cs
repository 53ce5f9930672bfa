using System.Text;

namespace Crm.Web.Platform.Commands;

/// <summary>Writes the help from the commands' own tables.</summary>
internal static class CommandHelp
{
    /// <summary>What <c>./run help</c> prints.</summary>
    public static string Overview(IReadOnlyList<ICommand> commands)
    {
        var text = new StringBuilder()
            .AppendLine("./run opens the shop; ./run COMMAND does one thing and ends.")
            .AppendLine()
            .AppendLine("Commands");
        Rows(text, commands.Select(c => (c.Name, c.Summary)));
        return text
            .AppendLine()
            .AppendLine("Each tells more with --help, as in ./run serve --help.")
            .AppendLine("Settings come from appsettings.Development.json (copy appsettings.Development.json.sample)")
            .AppendLine("and from the environment: CRM__Storage__DataDirectory sets DataDirectory of the section Storage.")
            .ToString();
    }

    /// <summary>What <c>./run COMMAND --help</c> prints.</summary>
    public static string Of(ICommand command)
    {
        var text = new StringBuilder().Append("./run ").Append(command.Name);
        foreach (var operand in command.Operands) text.Append(' ').Append(operand);
        foreach (var option in command.Options) text.Append(" [").Append(option.Form).Append(']');
        text.AppendLine().AppendLine().AppendLine(command.Summary);
        if (command.Options.Count > 0)
        {
            text.AppendLine();
            Rows(text, command.Options.Select(o => (o.Form, o.Help)));
        }
        if (command.Notes.Count > 0) text.AppendLine();
        foreach (var note in command.Notes) text.AppendLine(note);
        return text.ToString();
    }

    private static void Rows(StringBuilder text, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        var width = all.Max(r => r.Left.Length);
        foreach (var (left, right) in all)
            text.Append("  ").Append(left.PadRight(width)).Append("  ").AppendLine(right);
    }
}
