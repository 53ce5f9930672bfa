using Crm.Web.Platform.Commands;

namespace Crm.Web.Tests.Platform.Commands;

public class CommandLineTests
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly Probe serve = new("serve", [], [new("--port", "N", "Port."), new("--no-demo", null, "Empty.")]);
    private readonly Probe import = new("import online-retail", ["FILE"], [new("--dry", null, "Only look.")]);

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    public async Task Without_a_name_the_first_command_is_meant(string args)
    {
        Assert.Equal(7, await RunAsync(args));
        Assert.NotNull(serve.Given);
    }

    [Fact]
    public async Task Options_may_be_attached_or_follow_and_switches_stand_alone()
    {
        await RunAsync("--port=81 --no-demo --Storage:Postgres=Host=x");

        Assert.Equal(81, serve.Given!.Number("--port", 1, 100));
        Assert.True(serve.Given.Has("--no-demo"));
        Assert.Equal("Host=x", serve.Given.Settings["storage:postgres"]);

        await RunAsync("serve --port 82");
        Assert.Equal("82", serve.Given.Text("--port"));
        Assert.False(serve.Given.Has("--no-demo"));
    }

    [Fact]
    public async Task A_name_of_two_words_and_its_operand_are_found()
    {
        Assert.Equal(7, await RunAsync("import online-retail sales.csv --dry"));
        Assert.Equal(["sales.csv"], import.Given!.Operands);
    }

    [Theory]
    [InlineData("fly", "run: there is no command 'fly'. See ./run help.")]
    [InlineData("import", "run: 'import' needs one more word: 'import online-retail'. See ./run help.")]
    [InlineData("import offline-retail x", "run: 'import' needs one more word: 'import online-retail'. See ./run help.")]
    [InlineData("import online-retail", "run: 'import online-retail' needs FILE. See ./run import online-retail --help.")]
    [InlineData("import online-retail a b", "run: 'import online-retail' has no use for 'b'. See ./run import online-retail --help.")]
    [InlineData("--wings", "run: there is no option '--wings' for 'serve'. See ./run serve --help.")]
    [InlineData("--wings=2", "run: there is no option '--wings' for 'serve'. See ./run serve --help.")]
    [InlineData("-p 1", "run: there is no option '-p' for 'serve'. See ./run serve --help.")]
    [InlineData("--port", "run: --port needs a value: --port N.")]
    [InlineData("--port --no-demo", "run: --port needs a value: --port N.")]
    [InlineData("--port=", "run: --port needs a value: --port N.")]
    [InlineData("--no-demo=1", "run: --no-demo takes no value.")]
    public async Task What_cannot_be_meant_is_one_line(string args, string line)
    {
        Assert.Equal(CommandLine.Misused, await RunAsync(args));
        Assert.Equal(line, error.ToString().TrimEnd());
        Assert.Null(serve.Given);
        Assert.Null(import.Given);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("70000")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData(" 80")]
    [InlineData("99999999999")]
    public async Task A_number_out_of_range_is_one_line(string typed)
    {
        serve.Act = arguments => arguments.Number("--port", 1, 65535);

        Assert.Equal(CommandLine.Misused, await RunAsync(["--port", typed]));
        Assert.Equal($"run: --port takes a number from 1 to 65535, not '{typed}'.", error.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_relative_path_starts_where_the_person_stands()
    {
        await RunAsync("--port folder");

        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "folder"), serve.Given!.FullPath("--port"));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_every_command(string args)
    {
        Assert.Equal(0, await RunAsync(args));
        Assert.All(["serve ", "import online-retail ", "help "], name => Assert.Contains($"\n  {name}", output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_command_explains_its_own_options()
    {
        Assert.Equal(0, await RunAsync("import online-retail --help"));
        Assert.StartsWith("./run import online-retail FILE [--dry]", output.ToString());
        Assert.Contains("--dry  Only look.", output.ToString(), StringComparison.Ordinal);
        Assert.Null(import.Given);
    }

    [Fact]
    public async Task A_foreseen_failure_is_one_line_and_a_bug_is_not_hidden()
    {
        serve.Act = _ => throw new FileNotFoundException("There is no sales.csv.");
        Assert.Equal(CommandLine.Failed, await RunAsync(""));
        Assert.Equal("run: There is no sales.csv.", error.ToString().TrimEnd());

        serve.Act = _ => throw new InvalidOperationException("bug");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(""));
    }

    [Fact]
    public async Task A_stopped_command_ends_as_shells_expect()
    {
        serve.Act = _ => throw new OperationCanceledException();

        Assert.Equal(CommandLine.Stopped, await RunAsync(""));
        Assert.Equal("run: stopped.", error.ToString().TrimEnd());
    }

    private Task<int> RunAsync(string args) => RunAsync(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private Task<int> RunAsync(string[] args) => new CommandLine([serve, import], output, error).RunAsync(args, CancellationToken.None);

    private sealed class Probe(string name, string[] operands, CommandOption[] options) : ICommand
    {
        public CommandArguments? Given { get; private set; }

        public Action<CommandArguments> Act { get; set; } = _ => { };

        public string Name => name;

        public string Summary => $"Does {name}.";

        public IReadOnlyList<string> Operands => operands;

        public IReadOnlyList<CommandOption> Options => options;

        public Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
        {
            Given = arguments;
            Act(arguments);
            return Task.FromResult(7);
        }
    }
}
