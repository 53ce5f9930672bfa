using Crm.Data;
using Crm.Data.Outbox;

namespace Crm.Web.Platform.Outbox;

/// <summary>Posts what the outside shall be told once the caller's work is committed.</summary>
public sealed class OutboxWriter(TimeProvider clock)
{
    /// <summary>
    /// Adds a message to the caller's context, which saves it with its own rows: it leaves if that commits, and never otherwise. A key
    /// that was posted before is no mistake: the first message stands, and this one is dropped by the save.
    /// </summary>
    /// <param name="channel">The name of the <see cref="IOutboxChannel"/> that sends it.</param>
    /// <param name="key">Says what is told, of which row: "verify-email:{tokenId}". Up to 200 characters, no secrets, no names.</param>
    /// <param name="body">Written as JSON, and erased when it was sent.</param>
    public void Post<TBody>(CrmDbContext db, string channel, string key, TBody body)
        where TBody : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (key.Length > KeyLength) throw new ArgumentException($"A key has at most {KeyLength} characters.", nameof(key));
        var now = clock.GetUtcNow().UtcDateTime;
        db.Post(new OutboxMessage { Channel = channel, Key = key, Body = OutboxDelivery.Write(body), CreatedAt = now, DueAt = now });
    }

    private const int KeyLength = 200;
}
