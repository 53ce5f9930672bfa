using System.Collections.Concurrent;
using Crm.Web.Platform.Outbox;

namespace Crm.Web.Tests.Platform.Outbox;

/// <summary>The outside, which does as a test says and remembers what came.</summary>
sealed class FakeChannel(string name = "test") : IOutboxChannel
{
    public string Name => name;
    public string? WhyNotReady { get; set; }
    public DateTime? End { get; set; }
    public ConcurrentQueue<OutboxDelivery> Came { get; } = [];

    /// <summary>What happens on a delivery; nothing is a success.</summary>
    public Func<OutboxDelivery, CancellationToken, Task> On { get; set; } = (_, _) => Task.CompletedTask;

    public DateTime? EndOf(OutboxDelivery delivery) => End;

    public Task SendAsync(OutboxDelivery delivery, CancellationToken ct)
    {
        Came.Enqueue(delivery);
        return On(delivery, ct);
    }
}
