using System.Net;
using System.Net.Sockets;
using Crm.Web.Platform.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Crm.Web.Tests.Platform.Hosting;

/// <summary>The foreseeable failures, provoked for real, each explained in one line.</summary>
public class StartupFailureTests
{
    [Fact]
    public async Task An_unreachable_database_names_its_address_and_not_its_password()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=crm;Password=tomato");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync());

        var line = StartupFailure.Explain(new InvalidOperationException("A transient failure.", failure));

        Assert.StartsWith($"the database cannot be reached: Failed to connect to 127.0.0.1:{port}: ", line);
        Assert.DoesNotContain("tomato", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_database_host_is_one_line()
    {
        await using var connection = new NpgsqlConnection("Host=nowhere.invalid;Username=crm");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync());

        Assert.StartsWith("the ", StartupFailure.Explain(failure));
    }

    [Fact]
    public void A_locked_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        using var holder = Open(folder["shop.db"]);
        Execute(holder, "BEGIN EXCLUSIVE");
        using var other = Open(folder["shop.db"]);
        var failure = Assert.Throws<SqliteException>(() => Execute(other, "CREATE TABLE a (b)"));

        Assert.StartsWith("the database file is locked by another program.", StartupFailure.Explain(failure));
    }

    [Fact]
    public void A_file_that_is_no_database_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["shop.db"], new string('x', 5000));
        var failure = Assert.Throws<SqliteException>(() => Execute(Open(folder["shop.db"]), "CREATE TABLE a (b)"));

        Assert.StartsWith("the database file is damaged or is not one", StartupFailure.Explain(failure));
    }

    [Fact]
    public void A_database_in_a_missing_folder_is_one_line()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<SqliteException>(() => Open(folder["missing/shop.db"]));

        Assert.StartsWith("the database file cannot be opened.", StartupFailure.Explain(failure));
    }

    [Fact]
    public void A_malformed_settings_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["appsettings.json"], "{ \"Demo\": ");
        var failure = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddJsonFile(folder["appsettings.json"]).Build());

        var line = StartupFailure.Explain(failure);

        Assert.StartsWith("bad settings file: ", line);
        Assert.Contains("LineNumber", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_is_named_whatever_wraps_it()
    {
        var failure = new TypeInitializationException("Sqlite", new AggregateException(new DllNotFoundException("Unable to load shared library 'libsqlite3.so.0'.")));

        Assert.Contains("apt-get install libsqlite3-0", StartupFailure.Explain(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_line() =>
        Assert.Contains("no-such.csv", StartupFailure.Explain(Assert.Throws<FileNotFoundException>(() => File.OpenRead("no-such.csv"))), StringComparison.Ordinal);

    [Fact]
    public void A_message_of_many_lines_becomes_one() =>
        Assert.Equal("first second", StartupFailure.Explain(new StartException("first\r\n  second\n")));

    [Fact]
    public void A_bug_keeps_its_stack() => Assert.Null(StartupFailure.Explain(new InvalidOperationException("Sequence contains no elements")));

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
