using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>
/// Puts opportunities into stages and places. A move says where the card shall be, not where it was: when two people move the same
/// card, the later move stands. docs/decisions/0014-the-later-move-stands.md
/// </summary>
public sealed class OpportunityMoves(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const int Attempts = 10;

    /// <summary>Moves within a stage or to another one.</summary>
    /// <param name="end">Why it ended; needed for a stage that closes it, unless it stands there already.</param>
    /// <param name="words">The stage in a client's words, kept as long as it stays there; null when it was chosen on a board.</param>
    /// <returns>The card, or <see cref="OpportunityNotFound"/>, <see cref="StageNotFound"/>, <see cref="EndNeedsReason"/>.</returns>
    public async Task<Result<OpportunityRow>> MoveAsync(Guid opportunityId, Guid stageId, LeadPlace place, OpportunityEnd? end, string? words, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await MoveOnceAsync(opportunityId, stageId, place, end, words, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody saved the same opportunity between our read and our save: read again, move again
            }
        }
        return new OpportunityBusy();
    }

    /// <summary>The stage, or the first open one where none is named.</summary>
    internal static Task<OpportunityStage?> StageAsync(CrmDbContext db, Guid? stageId, CancellationToken ct) =>
        db.OpportunityStages.AsNoTracking().Where(s => stageId == null ? s.Outcome == DealOutcome.Open : s.Id == stageId).OrderBy(s => s.Position).ThenBy(s => s.Id).FirstOrDefaultAsync(ct);

    /// <summary>Puts it there, with why where that ends it; the refusal when nobody said why.</summary>
    internal static Error? Put(Opportunity deal, OpportunityStage stage, OpportunityEnd? end, long rank, DateTime now)
    {
        if (end?.Note?.Trim().Length > Opportunity.OutcomeNoteLength) return new InvalidError("Note", $"Keep the note within {Opportunity.OutcomeNoteLength} characters.");
        switch (stage.Outcome)
        {
            case DealOutcome.Won when end?.Won is { } why: deal.Win(stage, why, Blank(end.Note), rank, now); return null;
            case DealOutcome.Lost when end?.Lost is { } why: deal.Lose(stage, why, Blank(end.Note), rank, now); return null;
            case not DealOutcome.Open when deal.StageId == stage.Id: deal.PlaceAt(rank); return null;
            case not DealOutcome.Open: return new EndNeedsReason(stage.Outcome is DealOutcome.Won);
            default: deal.MoveTo(stage, rank, now); return null;
        }
    }

    /// <summary>Words worth keeping: not those that the stage is called by anyway.</summary>
    internal static string? Kept(string? words, OpportunityStage stage) => words == stage.Name ? null : words;

    private async Task<Result<OpportunityRow>> MoveOnceAsync(Guid opportunityId, Guid stageId, LeadPlace place, OpportunityEnd? end, string? words, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await OpportunityRanks.LockAsync(db, ct);
        if (await db.Opportunities.SeenBy(actor).SingleOrDefaultAsync(o => o.Id == opportunityId, ct) is not { } deal) return new OpportunityNotFound();
        if (await StageAsync(db, stageId, ct) is not { } stage) return new StageNotFound();

        // A client that names the stage again does not mean to put the card elsewhere in it.
        var stays = words is not null && deal.StageId == stage.Id;
        if (!stays && Put(deal, stage, end, await OpportunityRanks.FindAsync(db, deal.Id, stage.Id, place, ct), shop.Now) is { } refused) return refused;
        if (words is not null) deal.NameStage(Kept(words, stage));
        await db.SaveChangesAsync(ct);
        var row = await OpportunityQueries.Rows(db, db.Opportunities.AsNoTracking().Where(o => o.Id == opportunityId), actor).SingleAsync(ct);
        await write.CommitAsync(ct);
        return row;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
