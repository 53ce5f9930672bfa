using System.Net;
using System.Net.Sockets;

namespace Crm.Web.Tests.Platform.Hosting;

/// <summary>Real starts of the real app: it opens, or it says in one line why not.</summary>
public class StartTests
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task It_opens_says_where_answers_and_stops_when_told()
    {
        await using var app = AppProcess.Start("--urls=http://127.0.0.1:0");
        var line = await app.ReadLineAsync(Now);
        using var http = new HttpClient();

        Assert.StartsWith("The shop is open at http://127.0.0.1:", line);
        using var answer = await http.GetAsync(new Uri(line!.Split(' ')[^1]));
        app.AskToStop();
        var end = await app.EndAsync(Now);

        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError);
        Assert.Equal((0, ""), (end.ExitCode, end.Errors));
        Assert.True(Directory.Exists(Path.Combine(app.Folder, "data")));
    }

    [Fact]
    public async Task A_port_in_use_is_said_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var end = await EndOfAsync($"--port {port}");

        Assert.Equal(1, end.ExitCode);
        Assert.Equal($"run: port {port} is in use by another program. Choose another with --port N.", end.OnlyError);
    }

    [Theory]
    [InlineData("frobnicate", 2, "run: there is no command 'frobnicate'. See ./run help.")]
    [InlineData("--colour red", 2, "run: there is no option '--colour' for 'serve'. See ./run serve --help.")]
    [InlineData("--port abc", 2, "run: --port takes a number from 1 to 65535, not 'abc'.")]
    [InlineData("--postgres Host=localhost;Colour=red", 1, "run: bad setting: Storage:Postgres: the connection string cannot be read")]
    [InlineData("--data ./file/below", 1, "run: the data folder ")]
    [InlineData("--data ./file", 1, "run: the data folder ")]
    [InlineData("figures --data ./nowhere", 1, "run: there is no shop in ")]
    public async Task What_was_typed_wrongly_is_said_in_one_line(string arguments, int exitCode, string line)
    {
        await using var app = AppProcess.Start(arguments.Replace("./file", Path.Combine(AppContext.BaseDirectory, "Crm.Web.dll")));
        var end = await app.EndAsync(Now);

        Assert.Equal(exitCode, end.ExitCode);
        Assert.StartsWith(line, end.OnlyError);
        Assert.Equal("", end.Output);
    }

    [Theory]
    [InlineData("CRM__Demo__Enabled", "perhaps", "run: bad setting: Failed to convert configuration value 'perhaps' at 'Demo:Enabled'")]
    [InlineData("CRM__Demo__Enabeld", "true", "run: there is no setting Demo:Enabeld.")]
    [InlineData("CRM__Dmeo__Enabled", "true", "run: there is no setting Dmeo: see CRM__Dmeo… in the environment.")]
    [InlineData("CRM__Storage__DataDirectory", "", "run: bad setting: Storage:DataDirectory: name a folder.")]
    public async Task A_bad_setting_is_said_in_one_line(string name, string value, string line)
    {
        var end = await EndOfAsync("", (name, value));

        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith(line, end.OnlyError);
    }

    [Fact]
    [Trait("contract", "M-276")]
    public async Task Demo_data_is_refused_in_Production()
    {
        var end = await EndOfAsync("", ("ASPNETCORE_ENVIRONMENT", "Production"), ("CRM__Demo__Enabled", "true"));

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("refused in Production", end.OnlyError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "Commands")]
    [InlineData("--help", "Commands")]
    [InlineData("serve --help", "./run serve [--port N] [--data DIR]")]
    public async Task Help_is_printed(string arguments, string part)
    {
        var end = await EndOfAsync(arguments);

        Assert.Equal((0, ""), (end.ExitCode, end.Errors));
        Assert.Contains(part, end.Output, StringComparison.Ordinal);
    }

    private static async Task<AppEnd> EndOfAsync(string arguments, params (string, string)[] environment)
    {
        await using var app = AppProcess.Start(arguments, environment);
        return await app.EndAsync(Now);
    }
}
