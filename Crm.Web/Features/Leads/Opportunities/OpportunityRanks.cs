using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>The places of the opportunity board's cards.</summary>
static class OpportunityRanks
{
    private const long BoardLock = 0x4445_414C;

    /// <summary>Waits for the board's turn, within the transaction; on SQLite the single writer has it already.</summary>
    public static Task LockAsync(CrmDbContext db, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({BoardLock})", ct)
        : Task.CompletedTask;

    /// <summary>The rank for a card that is put into a stage; numbers the stage anew when there is no gap left.</summary>
    public static Task<long> FindAsync(CrmDbContext db, Guid opportunityId, Guid stageId, LeadPlace place, CancellationToken ct) => BoardRanks.FindAsync(
        db.Opportunities.AsNoTracking().Where(o => o.StageId == stageId && o.Id != opportunityId).Select(o => new BoardSpot { Id = o.Id, Rank = o.Rank }),
        place, Lead.RankStep, () => SpreadAsync(db, stageId, ct), ct);

    // The order stays as it was, so neither the trail nor the versions tell of it; open boards read their columns again.
    private static async Task SpreadAsync(CrmDbContext db, Guid stageId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            UPDATE "Opportunities" SET "Rank" = spread."Place" * {Lead.RankStep}
            FROM (SELECT "Id" AS "DealId", row_number() OVER (ORDER BY "Rank", "Id") AS "Place" FROM "Opportunities" WHERE "StageId" = {stageId}) AS spread
            WHERE "Opportunities"."Id" = spread."DealId"
            """, ct);
        db.MarkChanged(ChangeKinds.Opportunity);
    }
}
