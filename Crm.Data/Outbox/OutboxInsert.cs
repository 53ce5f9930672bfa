using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Outbox;

/// <summary>
/// Writes a posted message past the change tracker, since what was posted before under its key must neither be repeated nor fail the
/// transaction. On PostgreSQL it waits for another transaction that is just posting the same key, and follows how that ends.
/// </summary>
static class OutboxInsert
{
    /// <returns>Whether the message is new.</returns>
    public static async Task<bool> RunAsync(CrmDbContext db, OutboxMessage message, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "OutboxMessages" ("Id", "Channel", "Key", "Body", "State", "CreatedAt", "DueAt", "Attempts")
            VALUES ({message.Id}, {message.Channel}, {message.Key}, {message.Body}, {message.State.ToString()}, {message.CreatedAt}, {message.DueAt}, {message.Attempts})
            ON CONFLICT ("Key") DO NOTHING
            """, ct) > 0;
}
