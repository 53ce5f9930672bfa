using Crm.Data.Leads;
using Crm.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Gives a new shop its stages; what the owner makes of them later stays.</summary>
sealed class StageSetup(CrmDatabase database)
{
    /// <summary>In basis points; each name is also the one that a client's usual words lead to.</summary>
    private static readonly (string Name, int Probability, DealOutcome Outcome)[] Stages =
    [
        (StageNames.Lead, 1000, DealOutcome.Open), (StageNames.Qualified, 3000, DealOutcome.Open), (StageNames.Proposal, 5000, DealOutcome.Open),
        (StageNames.Negotiation, 7000, DealOutcome.Open), (StageNames.Won, 10_000, DealOutcome.Won), (StageNames.Lost, 0, DealOutcome.Lost),
    ];

    /// <summary>Adds them all where there is none; two nodes may start at the same moment.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("stages"));
        if (await db.OpportunityStages.AnyAsync(ct)) return;
        db.MassWrite = "stages";
        db.OpportunityStages.AddRange(Stages.Select((stage, at) => new OpportunityStage
        {
            Name = stage.Name,
            Position = at,
            ProbabilityBasisPoints = stage.Probability,
            Outcome = stage.Outcome,
        }));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (CrmDatabase.IsUniqueViolation(failure))
        {
            // The other node was quicker.
        }
    }
}
