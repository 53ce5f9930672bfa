using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Crm.Web.Platform.Hosting;

/// <summary>Says in one line why the app could not start or a command could not go on, for every failure that can be foreseen.</summary>
public static partial class StartupFailure
{
    // In this order over the whole chain of causes: the telling ones first, whatever wraps them.
    private static readonly Func<Exception, string?>[] Readings =
        [Refusal, Setting, SettingsFile, PortInUse, Database, DatabaseFile, Library, Port, File];

    /// <summary>The line, or null for what nobody foresaw (a bug, which keeps its stack).</summary>
    public static string? Explain(Exception failure)
    {
        var causes = Causes(failure).ToList();
        return Readings.Select(read => causes.Select(read).FirstOrDefault(line => line is not null)).FirstOrDefault(line => line is not null) is { } line
            ? LineBreaks().Replace(line, " ").Trim()
            : null;
    }

    private static IEnumerable<Exception> Causes(Exception failure) => failure switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => [failure, .. Causes(inner)],
        _ => [failure],
    };

    private static string? Refusal(Exception e) => e is StartException ? e.Message : null;

    private static string? Setting(Exception e) => e switch
    {
        OptionsValidationException bad => $"bad setting: {string.Join(' ', bad.Failures)}",
        InvalidOperationException { InnerException: not null } when e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal)
            => $"bad setting: {e.Message}",
        _ => null,
    };

    private static string? SettingsFile(Exception e) => e is InvalidDataException { InnerException: FormatException reason }
        ? $"bad settings file: {e.Message.TrimEnd('.')}: {reason.InnerException?.Message ?? reason.Message}"
        : null;

    private static string? PortInUse(Exception e) => e is IOException { InnerException: AddressInUseException }
        ? $"port {PortOf().Match(e.Message).Groups["port"].Value} is in use by another program. Choose another with --port N."
        : null;

    private static string? Database(Exception e) => e switch
    {
        PostgresException refused => $"PostgreSQL refused: {refused.MessageText} ({refused.SqlState}). Check the connection string.",
        NpgsqlException { InnerException: { } reason } => $"the database cannot be reached: {e.Message}: {reason.Message}",
        NpgsqlException => $"the database cannot be reached: {e.Message}",
        _ => null,
    };

    private static string? DatabaseFile(Exception e) => e is not SqliteException sqlite ? null : sqlite.SqliteErrorCode switch
    {
        5 or 6 => "the database file is locked by another program. Stop that one, or choose another folder with --data DIR.",
        8 => "the database file or its folder is read-only. Choose another folder with --data DIR.",
        10 or 13 => $"the database file cannot be written: {sqlite.Message} Is the disk full?",
        11 or 26 => $"the database file is damaged or is not one: {sqlite.Message}",
        14 => "the database file cannot be opened. Check the folder and its permissions, or choose another with --data DIR.",
        _ => $"the database file gave an error: {sqlite.Message}",
    };

    private static string? Library(Exception e) => e is DllNotFoundException && e.Message.Contains("sqlite", StringComparison.OrdinalIgnoreCase)
        ? "SQLite's library libsqlite3.so.0 (3.39 or newer) is missing. Install it: apt-get install libsqlite3-0."
        : null;

    private static string? Port(Exception e) => e switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the port cannot be opened: permission denied. Choose one above 1023 with --port N.",
        SocketException => $"the network gave an error: {e.Message}.",
        _ => null,
    };

    private static string? File(Exception e) => e is IOException or UnauthorizedAccessException ? e.Message : null;

    [GeneratedRegex(@":(?<port>\d+)(:|/|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PortOf();

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.NonBacktracking)]
    private static partial Regex LineBreaks();
}
