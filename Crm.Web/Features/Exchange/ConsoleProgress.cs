using System.Globalization;

namespace Crm.Web.Features.Exchange;

/// <summary>Shows an import's progress on a console: one line that renews itself, or a line for every tenth where output is kept.</summary>
public sealed class ConsoleProgress(TextWriter output, bool isTerminal) : IProgress<ImportProgress>, IDisposable
{
    private const int Step = 10;
    private ImportPhase? phase;
    private int shown = -1;
    private int width;

    public void Report(ImportProgress value)
    {
        if (phase != value.Phase) (phase, shown) = (value.Phase, -1);
        var percent = isTerminal ? value.Percent : value.Percent / Step * Step;
        if (percent == shown || (!isTerminal && percent == 0)) return;
        shown = percent;
        Show(Words(value, percent));
    }

    /// <summary>Leaves the renewing line.</summary>
    public void Dispose()
    {
        if (width > 0) output.Write($"\r{new string(' ', width)}\r");
        width = 0;
        output.Flush();
    }

    private void Show(string line)
    {
        if (isTerminal) output.Write($"\r{line.PadRight(width)}");
        else output.WriteLine(line);
        width = isTerminal ? line.Length : 0;
        output.Flush();
    }

    private static string Words(ImportProgress value, int percent) => value.Phase switch
    {
        ImportPhase.Checking => $"Checking the file: {percent} %",
        ImportPhase.Importing => string.Create(CultureInfo.InvariantCulture, $"Importing: {percent} %, {value.Done:N0} of {value.Total:N0} lines"),
    };
}
