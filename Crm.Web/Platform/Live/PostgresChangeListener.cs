using Crm.Data.Live;
using Crm.Data.Storage;
using Npgsql;

namespace Crm.Web.Platform.Live;

/// <summary>Listens on a connection of its own to what any node committed; after a lost connection every screen looks again.</summary>
public sealed partial class PostgresChangeListener(CrmDatabase database, ChangeFeed feed, Hearing hearing, TimeProvider clock, ILogger<PostgresChangeListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    // a connection that is cut without a word is believed for so long
    private static readonly TimeSpan Trust = KeepAlive * 2;
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until the first LISTEN stands; at once where there is nothing to listen to.</summary>
    public Task WaitUntilListeningAsync(CancellationToken ct) => database.Postgres is null ? Task.CompletedTask : listening.Task.WaitAsync(ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Postgres is not { } source) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(source, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                LogListeningFailed(failure);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) => feed.Publish(ChangeWire.Read(notice.Payload));
        await using (var listen = new NpgsqlCommand($"LISTEN {ChangeWire.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        // what was kept before this moment is forgotten before it counts again
        feed.PublishEverything();
        listening.TrySetResult();
        try
        {
            while (true)
            {
                hearing.Prove(Trust);
                if (await connection.WaitAsync(KeepAlive, ct)) continue;
                await using var ping = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = (int)KeepAlive.TotalSeconds };
                await ping.ExecuteNonQueryAsync(ct);
            }
        }
        finally
        {
            hearing.Lose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Listening for changes failed; trying again")]
    private partial void LogListeningFailed(Exception failure);
}
