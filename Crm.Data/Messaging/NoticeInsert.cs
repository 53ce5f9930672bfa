using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Messaging;

/// <summary>
/// Writes a notice past the change tracker, since what was told before under its key must neither be repeated nor fail the transaction
/// that tells it. On PostgreSQL it waits for another transaction that is just telling the same, and follows how that ends. Nobody who
/// is gone is told anything.
/// </summary>
static class NoticeInsert
{
    /// <returns>Whether the notice is new.</returns>
    public static async Task<bool> RunAsync(CrmDbContext db, Notice notice, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Notices" ("Id", "UserId", "Kind", "Text", "Link", "Key", "At")
            SELECT {notice.Id}, "Id", {notice.Kind}, {CleanText.Of(notice.Text)}, {notice.Link}, {notice.Key}, {notice.At}
            FROM "Users" WHERE "Id" = {notice.UserId}
            ON CONFLICT ("Key") DO NOTHING
            """, ct) > 0;
}
