using System.Text.Json;
using Crm.Data.Outbox;

namespace Crm.Web.Platform.Outbox;

/// <summary>A way to the outside, such as mail or SMS.</summary>
public interface IOutboxChannel
{
    /// <summary>As it is written in messages.</summary>
    string Name { get; }

    /// <summary>Why nothing can be sent at all now, for example since no server is named; messages then wait untried. Null is well.</summary>
    string? WhyNotReady { get; }

    /// <summary>
    /// Hands one message over; the same one may come again, so <see cref="OutboxDelivery.Key"/> goes along wherever the receiver can
    /// tell a repeat by it. Throws <see cref="DeliveryRefusedException"/> where trying again is no use; whatever else it throws is tried again.
    /// </summary>
    Task SendAsync(OutboxDelivery delivery, CancellationToken ct);

    /// <summary>What a message is and whom it goes to, in words for the owner: never what it says, never a link of it.</summary>
    string Describe(OutboxDelivery delivery) => delivery.Key;

    /// <summary>From when on it must not be sent any more, since a link in it has stopped working; null for one without an end.</summary>
    DateTime? EndOf(OutboxDelivery delivery) => null;

    /// <summary>The body to keep of a message that has ended: so much as the owner's page tells of it, without its secrets.</summary>
    string Blank(OutboxDelivery delivery) => "";
}

/// <summary>One message on its way.</summary>
/// <param name="Key">The same at every try.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record OutboxDelivery(Guid Id, string Key, string Body, int Attempt, DateTime PostedAt)
{
    internal static OutboxDelivery Of(OutboxMessage message) => new(message.Id, message.Key, message.Body, message.Attempts, message.CreatedAt);

    /// <summary>A body as <see cref="Read"/> reads it.</summary>
    public static string Write<TBody>(TBody body) => JsonSerializer.Serialize(body, OutboxJson.Options);

    /// <summary>The body as it was posted.</summary>
    /// <exception cref="DeliveryRefusedException">It is not of that shape.</exception>
    public TBody Read<TBody>()
    {
        try
        {
            return JsonSerializer.Deserialize<TBody>(Body, OutboxJson.Options) ?? throw new DeliveryRefusedException("The message is empty.");
        }
        catch (JsonException failure)
        {
            throw new DeliveryRefusedException("The message cannot be read.", failure);
        }
    }
}

/// <summary>The outside refused a message for good, in words that the owner reads.</summary>
public sealed class DeliveryRefusedException : Exception
{
    public DeliveryRefusedException(string message) : base(message) { }
    public DeliveryRefusedException(string message, Exception cause) : base(message, cause) { }
    public DeliveryRefusedException() : base("Refused.") { }
}
