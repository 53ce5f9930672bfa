using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>
/// Finds the place of a card between its neighbours as they are now. Whoever asks holds the board's lock until the commit, so two
/// moves at once never read the same gap.
/// </summary>
static class LeadRanks
{
    private const long BoardLock = 0x4C45_4144;

    /// <summary>Waits for the board's turn, within the transaction; on SQLite the single writer has it already.</summary>
    public static Task LockAsync(CrmDbContext db, CancellationToken ct) => db.Kind is DatabaseKind.Postgres
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({BoardLock})", ct)
        : Task.CompletedTask;

    /// <summary>The rank for a card that is put into a column; numbers the column anew when there is no gap left.</summary>
    public static async Task<long> FindAsync(CrmDbContext db, Guid leadId, LeadStatus column, LeadPlace place, CancellationToken ct)
    {
        var cards = db.Leads.AsNoTracking().Where(l => l.Status == column && l.Id != leadId);
        var (above, below) = await NeighboursAsync(cards, place, ct);
        if (above is { } upper && below is { } lower && lower.Rank - upper.Rank < 2)
        {
            await SpreadAsync(db, column, ct);
            (above, below) = await NeighboursAsync(cards, new LeadPlace(upper.Id, null), ct);
        }
        return (above?.Rank, below?.Rank) switch
        {
            ({ } from, { } to) => from + (to - from) / 2,
            ({ } from, null) => from + Lead.RankStep,
            (null, { } to) => to - Lead.RankStep,
            (null, null) => 0,
        };
    }

    private static async Task<(Spot? Above, Spot? Below)> NeighboursAsync(IQueryable<Lead> cards, LeadPlace place, CancellationToken ct)
    {
        if (await SpotAsync(cards.Where(l => l.Id == place.Below), ct) is { } upper)
            return (upper, await SpotAsync(cards.Where(l => l.Rank > upper.Rank || l.Rank == upper.Rank && l.Id > upper.Id).OrderBy(l => l.Rank).ThenBy(l => l.Id), ct));
        if (await SpotAsync(cards.Where(l => l.Id == place.Above), ct) is { } lower)
            return (await SpotAsync(cards.Where(l => l.Rank < lower.Rank || l.Rank == lower.Rank && l.Id < lower.Id).OrderByDescending(l => l.Rank).ThenByDescending(l => l.Id), ct), lower);
        return (null, await SpotAsync(cards.OrderBy(l => l.Rank).ThenBy(l => l.Id), ct));
    }

    private static Task<Spot?> SpotAsync(IQueryable<Lead> cards, CancellationToken ct) => cards.Select(l => new Spot(l.Id, l.Rank)).FirstOrDefaultAsync(ct);

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

    private sealed record Spot(Guid Id, long Rank);
}
