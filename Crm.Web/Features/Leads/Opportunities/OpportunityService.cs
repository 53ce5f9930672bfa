using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Creates, edits and deletes opportunities; staff do, with those in their sight.</summary>
public sealed class OpportunityService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop, OpportunityForms forms)
{
    private const int Attempts = 5;

    /// <summary>Adds one on top of its stage.</summary>
    /// <param name="end">Why it ended, where it begins in a stage that closes it.</param>
    /// <param name="words">The stage in a client's words, which are kept as long as it stays there; null when it was chosen by its id.</param>
    /// <returns>Its id, or every field's complaint, <see cref="StageNotFound"/>, <see cref="EndNeedsReason"/>.</returns>
    public async Task<Result<Guid>> CreateAsync(OpportunityEdit edit, OpportunityEnd? end, string? words, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await forms.ComplaintAsync(db, edit, null, ct) is { } complaint) return complaint;

        await using var write = await db.BeginWriteAsync(ct);
        await OpportunityRanks.LockAsync(db, ct);
        if (await OpportunityMoves.StageAsync(db, edit.StageId, ct) is not { } stage) return new StageNotFound();
        var deal = new Opportunity { CreatedAt = shop.Now };
        OpportunityForms.Fill(deal, edit, shop.Now);
        if (deal is { LeadId: { } leadId, CustomerId: null }) deal.BelongTo(leadId, await LeadDeals.CustomerAsync(db, leadId, ct));
        var rank = await OpportunityRanks.FindAsync(db, deal.Id, stage.Id, LeadPlace.Top, ct);
        if (OpportunityMoves.Put(deal, stage, end, rank, shop.Now) is { } refused) return refused;
        deal.NameStage(OpportunityMoves.Kept(words, stage));
        db.Opportunities.Add(deal);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return deal.Id;
    }

    /// <summary>
    /// Saves what was changed between <paramref name="original"/> and <paramref name="edit"/>. Fields that somebody else changed
    /// meanwhile stay as they made them; when both changed the same field, nothing is saved. The stage is moved, not edited.
    /// </summary>
    /// <returns>Done, or <see cref="OpportunityNotFound"/>, <see cref="OpportunityChangedMeanwhile"/>, every field's complaint.</returns>
    public Task<Result<Done>> EditAsync(Guid opportunityId, OpportunityEdit original, OpportunityEdit edit, CancellationToken ct) =>
        TryAsync<Done>(db => EditOnceAsync(db, opportunityId, original, edit.Copy(), _ => Task.FromResult<Error?>(null), ct), ct);

    /// <summary>The same with the stage in a program's words, both or neither; words that it is called by already move nothing.</summary>
    /// <param name="end">Why it ended, where the words mean a stage that closes it.</param>
    /// <returns>The opportunity as it is now, also when it was given out of one's own sight.</returns>
    public Task<Result<OpportunityRow>> ReviseAsync(Guid opportunityId, OpportunityEdit original, OpportunityEdit edit, OpportunityEnd? end, string? words, CancellationToken ct) =>
        TryAsync<OpportunityRow>(async db =>
        {
            if ((await EditOnceAsync(db, opportunityId, original, edit.Copy(), deal => CallAsync(db, deal, end, words, ct), ct)).Failed(out var refusal, out _)) return refusal;
            return await OpportunityQueries.Rows(db, db.Opportunities.AsNoTracking().Where(o => o.Id == opportunityId), actor).SingleAsync(ct);
        }, ct);

    /// <summary>Deletes one for good; the audit trail keeps what it was.</summary>
    public async Task<Result<Done>> DeleteAsync(Guid opportunityId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Opportunities.SeenBy(actor).SingleOrDefaultAsync(o => o.Id == opportunityId, ct) is not { } deal) return new OpportunityNotFound();
        db.Opportunities.Remove(deal);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new OpportunityBusy();
        }
        return default(Done);
    }

    private async Task<Result<T>> TryAsync<T>(Func<CrmDbContext, Task<Result<T>>> write, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await using var scope = await db.BeginWriteAsync(ct);
                var result = await write(db);
                if (result.Error is null) await scope.CommitAsync(ct);
                return result;
            }
            catch (DbUpdateConcurrencyException)
            {
                // somebody saved between our read and our save: join with what they saved
            }
        }
        return new OpportunityBusy();
    }

    private async Task<Result<Done>> EditOnceAsync(CrmDbContext db, Guid opportunityId, OpportunityEdit original, OpportunityEdit edit, Func<Opportunity, Task<Error?>> more, CancellationToken ct)
    {
        await OpportunityRanks.LockAsync(db, ct);
        if (await db.Opportunities.SeenBy(actor).SingleOrDefaultAsync(o => o.Id == opportunityId, ct) is not { } deal) return new OpportunityNotFound();

        var stored = OpportunityForms.Of(deal);
        var clashes = FormJoin.Into(OpportunityEdit.Fields, original, edit, stored);
        if (clashes.Count > 0)
        {
            var last = await LeadWork.LastChangeAsync(db, nameof(Opportunity), opportunityId, ct);
            return new OpportunityChangedMeanwhile(last.Who, last.At, clashes, stored);
        }
        if (await forms.ComplaintAsync(db, edit, deal, ct) is { } complaint) return complaint;
        OpportunityForms.Fill(deal, edit, shop.Now);
        if (await more(deal) is { } refused) return refused;
        await db.SaveChangesAsync(ct);
        return default(Done);
    }

    private async Task<Error?> CallAsync(CrmDbContext db, Opportunity deal, OpportunityEnd? end, string? words, CancellationToken ct)
    {
        if (words is null || words == deal.StageWords) return null;
        var stages = await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct);
        var stage = StageNames.Meant(stages, words);
        if (stage.Id != deal.StageId && OpportunityMoves.Put(deal, stage, end, await OpportunityRanks.FindAsync(db, deal.Id, stage.Id, LeadPlace.Top, ct), shop.Now) is { } refused) return refused;
        deal.NameStage(OpportunityMoves.Kept(words, stage));
        return null;
    }
}
