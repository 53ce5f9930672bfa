using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>The places of the lead board's cards.</summary>
static class LeadRanks
{
    private const long BoardLock = 0x4C45_4144;

    /// <summary>Waits for the board's turn, within the transaction; on SQLite the single writer has it already.</summary>
    public static Task LockAsync(CrmDbContext db, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({BoardLock})", ct)
        : Task.CompletedTask;

    /// <summary>The rank for a card that is put into a column; numbers the column anew when there is no gap left.</summary>
    public static Task<long> FindAsync(CrmDbContext db, Guid leadId, LeadStatus column, LeadPlace place, CancellationToken ct) => BoardRanks.FindAsync(
        db.Leads.AsNoTracking().Where(l => l.Status == column && l.Id != leadId).Select(l => new BoardSpot { Id = l.Id, Rank = l.Rank }),
        place, Lead.RankStep, () => SpreadAsync(db, column, ct), ct);

    // The order stays as it was, so neither the trail nor the versions tell of it; open boards read their columns again.
    private static async Task SpreadAsync(CrmDbContext db, LeadStatus column, CancellationToken ct)
    {
        var name = column.ToString();
        await db.Database.ExecuteSqlAsync($"""
            UPDATE "Leads" SET "Rank" = spread."Place" * {Lead.RankStep}
            FROM (SELECT "Id" AS "LeadId", row_number() OVER (ORDER BY "Rank", "Id") AS "Place" FROM "Leads" WHERE "Status" = {name}) AS spread
            WHERE "Leads"."Id" = spread."LeadId"
            """, ct);
        db.MarkChanged(ChangeKinds.Lead);
    }
}
