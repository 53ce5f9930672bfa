using Crm.Data.Exchange;
using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Storage;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Exchange.OnlineRetail;

/// <summary>The command as a person runs it, in a process of its own.</summary>
public sealed class OnlineRetailImportCommandTests : IDisposable
{
    private const int Lines = 24_000;
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task It_tells_progress_by_tenths_and_accounts_for_every_line()
    {
        await using var app = Start(OnlineRetailFiles.Sample, null);

        var end = await app.EndAsync(default);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal("Importing: 100 %, 8,007 of 8,007 lines", end.Errors.TrimEnd().Split('\n')[^1]);
        var output = end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("407 orders, 99 returns, 66 customers and 2,070 products were added.", output[0]);
        Assert.Equal(["8,007  lines in the file", "7,990  lines imported", "0  lines that were here already", "17  lines left out"], output[1..5].Select(l => l.Trim()));
        Assert.True(File.Exists(output[^1]["The lines left out, with their reasons: ".Length..]));
    }

    [Fact]
    public async Task A_file_that_is_missing_or_malformed_ends_with_one_line()
    {
        await using var missing = Start(folder["none.csv"], null);
        await using var malformed = Start(OnlineRetailFiles.WriteText(folder.Path, "a,b\n1,2\n"), null);

        Assert.Equal((CommandLine.Failed, $"run: there is no file {folder["none.csv"]}."), await EndOf(missing));
        var (code, line) = await EndOf(malformed);
        Assert.Equal(CommandLine.Failed, code);
        Assert.StartsWith("run: this is not an Online Retail file: its first line must name the columns InvoiceNo,", line);

        static async Task<(int, string)> EndOf(AppProcess app) => await app.EndAsync(default) is var end ? (end.ExitCode, end.OnlyError) : default;
    }

    [Fact]
    public async Task Asked_to_stop_it_finishes_its_batch_and_says_what_is_kept()
    {
        await using var app = Start(LongFile(), null);
        Assert.NotNull(await app.ReadErrorAsync("Importing: 10 %", default));

        app.AskToStop();

        var end = await app.EndAsync(default);
        Assert.Equal(CommandLine.Stopped, end.ExitCode);
        Assert.Matches("^run: stopped after [0-9,]+ of 24,000 lines. What was read is kept: [0-9,]+ orders, 0 returns and [0-9,]+ customers. Import the same file again to complete it.$",
            end.Errors.TrimEnd().Split('\n')[^1]);
    }

    [Theory, BothDatabases]
    public async Task Killed_in_the_middle_it_is_completed_exactly_by_the_next_run(DatabaseKind kind)
    {
        var path = LongFile();
        var connection = await TestDatabases.MakeAsync(kind);
        await using (var killed = Start(path, connection, kind))
        {
            Assert.NotNull(await killed.ReadErrorAsync("Importing: 10 %", default));
            await killed.KillAsync(default);
        }
        await using (var database = Open(kind, connection))
        await using (var db = database.Open(Actor.System("test")))
        {
            var run = await db.ImportRuns.SingleAsync();
            Assert.Equal(ImportState.Running, run.State);
            Assert.InRange(run.LinesRead, Lines / 10, Lines - 1);
            Assert.Equal(run.LinesRead, await db.OrderLines.CountAsync());
        }

        await using (var next = Start(path, connection, kind)) Assert.Equal(0, (await next.EndAsync(default)).ExitCode);

        await using var whole = await TestShop.OpenAsync(kind);
        await whole.ImportAsync(path);
        await using var expected = whole.Open();
        await using (var database = Open(kind, connection))
        await using (var db = database.Open(Actor.System("test")))
        {
            Assert.Equal(await TableContents.ReadTradeAsync(expected), await TableContents.ReadTradeAsync(db));
            Assert.Equal([ImportState.Failed, ImportState.Finished], await db.ImportRuns.OrderBy(r => r.Id).Select(r => r.State).ToListAsync());
        }
        await TestDatabases.DropAsync(kind, connection);
    }

    public void Dispose() => folder.Dispose();

    // On SQLite the test's database stands in the data folder under the name that the app gives it.
    private AppProcess Start(string path, string? connection, DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var data = folder["data"];
        Directory.CreateDirectory(data);
        if (connection is not null && kind is DatabaseKind.Sqlite && !File.Exists(SqliteFile)) File.Copy(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource, SqliteFile);
        var postgres = kind is DatabaseKind.Postgres ? $" --postgres \"{connection}\"" : "";
        return AppProcess.Start($"import online-retail \"{path}\" --data \"{data}\"{postgres}");
    }

    private CrmDatabase Open(DatabaseKind kind, string connection) =>
        new(kind, kind is DatabaseKind.Sqlite ? CrmDatabase.SqliteFile(SqliteFile) : connection, TestClock.At(TestClock.Start), NoChangeSink.Instance);

    private string SqliteFile => Path.Combine(folder["data"], DatabaseFeature.SqliteFileName);

    private string LongFile() => OnlineRetailFiles.Write(folder.Path, [.. Enumerable.Range(0, Lines)
        .Select(n => $"{100_000 + n / 20},P{n * 31 % 400},Thing {n * 31 % 400},{n % 7 + 1},2011-01-{n / 1000 % 28 + 1:00} 10:00:00,{n % 13}.45,{n / 20 % 300 + 12000},France")]);
}
