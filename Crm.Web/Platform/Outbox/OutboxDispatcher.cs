using System.Collections.Concurrent;
using System.Threading.Channels;
using Crm.Data;
using Crm.Data.Outbox;
using Crm.Web.Platform.Live;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Outbox;

/// <summary>
/// Sends what is due, outside of any transaction: woken by every commit that posts something, on any node, and by looking every few
/// seconds. Any number of nodes may do this; each message is in one hand at a time.
/// </summary>
public sealed partial class OutboxDispatcher(
    OutboxLeases leases, IEnumerable<IOutboxChannel> channels, ChangeFeed feed, TimeProvider clock, IOptions<OutboxOptions> options,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    // one waiting signal is enough: it stands for all that came since
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // one slot for each message that may be under way by a channel
    private readonly ConcurrentDictionary<string, SemaphoreSlim> slots = new();

    /// <summary>Sends until nothing is due any more, with as many hands as are free.</summary>
    public Task DispatchDueAsync(CancellationToken ct) =>
        Task.WhenAll(channels.Where(c => c.WhyNotReady is null).SelectMany(channel =>
            Enumerable.Range(0, options.Value.ParallelSends).Select(_ => WorkAsync(channel, ct))));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) return;
        var poll = TimeSpan.FromSeconds(options.Value.PollSeconds);
        using var told = feed.Subscribe([ChangeKinds.Outbox], _ => { wake.Writer.TryWrite(true); return Task.CompletedTask; });
        await using var timer = clock.CreateTimer(_ => wake.Writer.TryWrite(true), null, TimeSpan.Zero, poll);
        var underWay = new List<Task>();
        try
        {
            // not waited for: one message that hangs must not keep the next from leaving
            await foreach (var _ in wake.Reader.ReadAllAsync(stoppingToken))
            {
                underWay.RemoveAll(t => t.IsCompleted);
                underWay.Add(DispatchSafelyAsync(stoppingToken));
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task DispatchSafelyAsync(CancellationToken ct)
    {
        try
        {
            await DispatchDueAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The edge: a database that is away for a while comes back, and the next look finds what is due.
            LogLookFailed(failure);
        }
    }

    private async Task WorkAsync(IOutboxChannel channel, CancellationToken ct)
    {
        var slot = slots.GetOrAdd(channel.Name, _ => new SemaphoreSlim(options.Value.ParallelSends));
        if (!await slot.WaitAsync(0, ct)) return;
        try
        {
            while (await leases.TakeAsync(channel.Name, ct) is { } message) await TryAsync(channel, message, ct);
        }
        finally
        {
            slot.Release();
        }
    }

    private async Task TryAsync(IOutboxChannel channel, OutboxMessage message, CancellationToken ct)
    {
        if (message.Attempts > options.Value.MostAttempts)
        {
            await leases.BuryAsync(message, message.LastError ?? "No try came to an end.", ct);
            return;
        }
        if (await leases.ExpireAsync(message, channel, ct)) return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SendSeconds), clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await channel.SendAsync(OutboxDelivery.Of(message), end.Token);
        }
        catch (Exception failure)
        {
            // The edge: whatever a channel throws is the message's own fate, not the dispatcher's.
            if (ct.IsCancellationRequested) await leases.GiveBackAsync(message, CancellationToken.None);
            else await FailAsync(message, failure, limit.IsCancellationRequested, ct);
            return;
        }
        await leases.SentAsync(message, CancellationToken.None);
    }

    private async Task FailAsync(OutboxMessage message, Exception failure, bool timedOut, CancellationToken ct)
    {
        var reason = timedOut ? $"No answer within {options.Value.SendSeconds} seconds." : Words(failure);
        if (failure is DeliveryRefusedException || message.Attempts >= options.Value.MostAttempts)
        {
            LogBuried(message.Id, message.Channel, message.Attempts, reason);
            await leases.BuryAsync(message, reason, ct);
            return;
        }
        LogFailed(message.Id, message.Channel, message.Attempts, reason);
        await leases.RetryAsync(message, reason, options.Value.PauseAfter(message.Attempts, Random.Shared.NextDouble()), ct);
    }

    private static string Words(Exception failure) =>
        failure.InnerException is { } cause && !failure.Message.Contains(cause.Message, StringComparison.Ordinal) ? $"{failure.Message} {cause.Message}" : failure.Message;

    [LoggerMessage(LogLevel.Warning, "Looking for messages to send failed; trying again")]
    private partial void LogLookFailed(Exception failure);

    [LoggerMessage(LogLevel.Information, "Message {Id} by {Channel} failed at try {Attempt}: {Reason}")]
    private partial void LogFailed(Guid id, string channel, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "Message {Id} by {Channel} was given up after try {Attempt}: {Reason}")]
    private partial void LogBuried(Guid id, string channel, int attempt, string reason);
}
