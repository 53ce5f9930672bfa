using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>An opportunity as a card, a row, or an answer to a program.</summary>
/// <param name="StageWords">The stage in a client's words, where they are others than its name.</param>
/// <param name="LeadName">Empty without a lead; the customer's name likewise.</param>
/// <param name="OwnerName">Empty when nobody works on it.</param>
public sealed record OpportunityRow(
    Guid Id, string Title, string? Description, Guid StageId, string StageName, DealOutcome Outcome, int ProbabilityBasisPoints, string? StageWords, long AmountMinor, DateOnly? ExpectedOn,
    Guid? LeadId, string LeadName, Guid? CustomerId, string CustomerName, Guid? OwnerId, string OwnerName, long Rank,
    DateTime StageSince, DateTime? ClosedAt, WonReason? WonReason, LostReason? LostReason, string? OutcomeNote, DateTime CreatedAt, DateTime UpdatedAt)
{
    public Money Amount => new(AmountMinor);

    /// <summary>Of the move that this is the answer to, by which it can be taken back.</summary>
    public Guid? ChangeId { get; init; }

    /// <summary>What it counts for in the forecast.</summary>
    public Money Weighted => DealForecast.Weigh([(Amount.Minor, ProbabilityBasisPoints)]);
}

/// <summary>A stage to choose.</summary>
public sealed record StageRow(Guid Id, string Name, int Position, int ProbabilityBasisPoints, DealOutcome Outcome);

/// <summary>Reads opportunities in sight of whoever asks; staff only.</summary>
public sealed class OpportunityQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, LeadMemory memory)
{
    /// <summary>As many as any list reads at once.</summary>
    public const int Most = 1000;

    private const string OthersLead = "A lead of somebody else";
    private const string HiddenCustomer = "A customer";

    /// <summary>One, or <see cref="OpportunityNotFound"/>.</summary>
    public async Task<Result<OpportunityRow>> FindAsync(Guid opportunityId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(db, Seen(db).Where(o => o.Id == opportunityId), actor).SingleOrDefaultAsync(ct) is { } row ? row : new OpportunityNotFound();
    }

    /// <summary>All of them in the order in which they were made, at most <see cref="Most"/> behind one.</summary>
    public async Task<Result<Page<OpportunityRow>>> ListAsync(Guid? after, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return Page<OpportunityRow>.Of(await Rows(db, Seen(db).Where(o => after == null || o.Id > after).OrderBy(o => o.Id).Take(Most + 1), actor).ToListAsync(ct), Most);
    }

    /// <summary>The stages in their order.</summary>
    public async Task<Result<IReadOnlyList<StageRow>>> StagesAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        return Result.Of((await memory.Stages.ShareAsync(Guid.Empty, async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            return await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id)
                .Select(s => new StageRow(s.Id, s.Name, s.Position, s.ProbabilityBasisPoints, s.Outcome)).ToListAsync(CancellationToken.None);
        }, null, ct))!);
    }

    /// <summary>The stage that a client means by its words: by name or a usual word for it, else the first open one.</summary>
    public async Task<Result<StageRow>> MeantAsync(string words, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stage = StageNames.Meant(await db.OpportunityStages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct), words);
        return new StageRow(stage.Id, stage.Name, stage.Position, stage.ProbabilityBasisPoints, stage.Outcome);
    }

    /// <summary>Rows of opportunities; whose they are is told only as far as <paramref name="actor"/> may see that lead and that customer.</summary>
    internal static IQueryable<OpportunityRow> Rows(CrmDbContext db, IQueryable<Opportunity> deals, CurrentActor actor)
    {
        var (me, allLeads, anyCustomer) = (actor.UserId, actor.May(Permission.SeeAllLeads), actor.May(Permission.SeeCustomers));
        return from deal in deals
               join stage in db.OpportunityStages on deal.StageId equals stage.Id
               select new OpportunityRow(
                   deal.Id, deal.Title, deal.Description, deal.StageId, stage.Name, stage.Outcome, stage.ProbabilityBasisPoints, deal.StageWords, deal.AmountMinor, deal.ExpectedOn,
                   deal.LeadId, db.Leads.Where(l => l.Id == deal.LeadId).Select(l => allLeads || l.OwnerId == null || l.OwnerId == me ? l.Name : OthersLead).FirstOrDefault() ?? "",
                   deal.CustomerId, db.Customers.Where(c => c.Id == deal.CustomerId).Select(c => anyCustomer ? c.FirstName + " " + c.LastName : HiddenCustomer).FirstOrDefault() ?? "",
                   deal.OwnerId, db.Users.Where(u => u.Id == deal.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault() ?? "", deal.Rank,
                   deal.StageSince, deal.ClosedAt, deal.WonReason, deal.LostReason, deal.OutcomeNote, deal.CreatedAt, deal.UpdatedAt);
    }

    private IQueryable<Opportunity> Seen(CrmDbContext db) => db.Opportunities.AsNoTracking().SeenBy(actor);
}
