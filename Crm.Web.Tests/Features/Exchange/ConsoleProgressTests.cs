using Crm.Web.Features.Exchange;

namespace Crm.Web.Tests.Features.Exchange;

public sealed class ConsoleProgressTests
{
    [Fact]
    public void On_a_terminal_one_line_renews_itself_and_leaves_nothing_behind()
    {
        var console = new StringWriter();
        using (var progress = new ConsoleProgress(console, isTerminal: true))
        {
            progress.Report(At(ImportPhase.Checking, 5));
            progress.Report(At(ImportPhase.Importing, 500));
            progress.Report(At(ImportPhase.Importing, 501));
        }

        Assert.Equal("\rChecking the file: 0 %\rImporting: 50 %, 500 of 1,000 lines\r                                   \r", console.ToString());
    }

    [Fact]
    public void Where_output_is_kept_a_line_stands_for_every_tenth()
    {
        var console = new StringWriter { NewLine = "\n" };
        using (var progress = new ConsoleProgress(console, isTerminal: false))
            for (var lines = 0; lines <= 1000; lines += 25) progress.Report(At(ImportPhase.Importing, lines));

        var told = console.ToString().TrimEnd().Split('\n');
        Assert.Equal(10, told.Length);
        Assert.Equal("Importing: 10 %, 100 of 1,000 lines", told[0]);
        Assert.Equal("Importing: 100 %, 1,000 of 1,000 lines", told[^1]);
    }

    private static ImportProgress At(ImportPhase phase, long done) => new(Guid.Empty, phase, done, 1000);
}
