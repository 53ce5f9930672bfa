using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>A stage as its form holds it.</summary>
public sealed class StageEdit
{
    public string? Name { get; set; }

    /// <summary>How likely a deal of it is won, in whole percent; only open stages are asked.</summary>
    public int Percent { get; set; }
}

/// <summary>A stage of the board's setup with how many opportunities stand in it.</summary>
public sealed record StageLine(StageRow Stage, int Count);

/// <summary>Somebody else changed the stage since; nothing was saved.</summary>
public sealed record StageBusy() : ConflictError("Somebody else is changing the stages right now. Look again and repeat it.");

/// <summary>Opportunities stand in it, and nobody said where they go.</summary>
public sealed record StageInUse(int Count) : ConflictError($"{Count:N0} {(Count == 1 ? "opportunity stands" : "opportunities stand")} in this stage. Choose where to move {(Count == 1 ? "it" : "them")}.");

/// <summary>
/// The owner's stages of opportunities: their names, how likely each is to be won, and their order. One stage of winning and one of losing
/// always stay, and at least one that is open.
/// </summary>
public sealed class StageService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>More columns than anybody can look at.</summary>
    public const int Most = 12;

    private const int Whole = 100;

    /// <summary>All stages in their order.</summary>
    public async Task<Result<IReadOnlyList<StageLine>>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageSettings) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Result.Of<IReadOnlyList<StageLine>>(await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id)
            .Select(s => new StageLine(new StageRow(s.Id, s.Name, s.Position, s.ProbabilityBasisPoints, s.Outcome), db.Opportunities.Count(o => o.StageId == s.Id))).ToListAsync(ct));
    }

    /// <summary>Adds an open stage below the last open one.</summary>
    public Task<Result<Done>> AddAsync(StageEdit edit, CancellationToken ct) => ChangeAsync((_, stages) =>
    {
        if (stages.Count >= Most) return new ConflictError($"There are {Most} stages already; more would not fit on a screen.");
        if (Complaint(edit, DealOutcome.Open) is { } complaint) return complaint;
        var stage = new OpportunityStage { Name = edit.Name!.Trim(), ProbabilityBasisPoints = edit.Percent * Whole, Outcome = DealOutcome.Open };
        stages.Insert(stages.FindLastIndex(s => s.Outcome is DealOutcome.Open) + 1, stage);
        return null;
    }, ct);

    /// <summary>Renames a stage and says how likely its deals are won; won and lost stay certain.</summary>
    public Task<Result<Done>> EditAsync(Guid stageId, StageEdit edit, CancellationToken ct) => ChangeAsync((_, stages) =>
    {
        if (stages.Find(s => s.Id == stageId) is not { } stage) return new StageNotFound();
        if (Complaint(edit, stage.Outcome) is { } complaint) return complaint;
        stage.Name = edit.Name!.Trim();
        if (stage.Outcome is DealOutcome.Open) stage.ProbabilityBasisPoints = edit.Percent * Whole;
        return null;
    }, ct);

    /// <summary>Moves a stage by one place to the left (-1) or right (1).</summary>
    public Task<Result<Done>> ShiftAsync(Guid stageId, int step, CancellationToken ct) => ChangeAsync((_, stages) =>
    {
        var at = stages.FindIndex(s => s.Id == stageId);
        if (at < 0) return new StageNotFound();
        var to = Math.Clamp(at + Math.Sign(step), 0, stages.Count - 1);
        (stages[at], stages[to]) = (stages[to], stages[at]);
        return null;
    }, ct);

    /// <summary>Takes an open stage away; its opportunities go to another open one, below those that stand there.</summary>
    /// <returns>Done, or <see cref="StageInUse"/> where nobody said where they go.</returns>
    public async Task<Result<Done>> RemoveAsync(Guid stageId, Guid? moveToId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageSettings) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await OpportunityRanks.LockAsync(db, ct);
        var stages = await db.OpportunityStages.ToListAsync(ct);
        if (stages.Find(s => s.Id == stageId) is not { } stage) return new StageNotFound();
        if (stage.Outcome is not DealOutcome.Open) return new ConflictError("Every shop wins and loses: these two stages stay.");
        if (stages.Count(s => s.Outcome is DealOutcome.Open) == 1) return new ConflictError("One open stage has to stay: new opportunities begin there.");
        var deals = await db.Opportunities.Where(o => o.StageId == stageId).OrderBy(o => o.Rank).ThenBy(o => o.Id).ToListAsync(ct);
        if (deals.Count > 0)
        {
            if (stages.Find(s => s.Id == moveToId && s.Id != stageId && s.Outcome is DealOutcome.Open) is not { } target) return new StageInUse(deals.Count);
            var last = await db.Opportunities.Where(o => o.StageId == target.Id).MaxAsync(o => (long?)o.Rank, ct) ?? 0;
            foreach (var deal in deals) deal.MoveTo(target, last += Lead.RankStep, shop.Now);
        }
        db.OpportunityStages.Remove(stage);
        return await SaveAsync(db, write, ct);
    }

    private async Task<Result<Done>> ChangeAsync(Func<CrmDbContext, List<OpportunityStage>, Error?> change, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageSettings) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        await OpportunityRanks.LockAsync(db, ct);
        var stages = await db.OpportunityStages.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct);
        if (change(db, stages) is { } refused) return refused;
        if (stages.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1)) return new InvalidError(nameof(StageEdit.Name), "Another stage has this name.");
        foreach (var (stage, at) in stages.Select((stage, at) => (stage, at)))
        {
            stage.Position = at;
            if (db.Entry(stage).State is EntityState.Detached) db.OpportunityStages.Add(stage);
        }
        return await SaveAsync(db, write, ct);
    }

    private static async Task<Result<Done>> SaveAsync(CrmDbContext db, WriteScope write, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || CrmDatabase.IsUniqueViolation(failure))
        {
            return new StageBusy();
        }
        await write.CommitAsync(ct);
        return default(Done);
    }

    private static Error? Complaint(StageEdit edit, DealOutcome outcome)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Name), edit.Name, "Give the stage a name.");
        complaints.Within(nameof(edit.Name), edit.Name, OpportunityStage.NameLength);
        if (outcome is DealOutcome.Open && edit.Percent is < 0 or > 100) complaints.Add(nameof(edit.Percent), "Say a percentage from 0 to 100.");
        return complaints.Error;
    }
}
