using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Nobody has it, or it was deleted meanwhile.</summary>
public sealed record OpportunityNotFound() : NotFoundError("This opportunity is gone. Somebody may have deleted it.");

/// <summary>The owner took the stage away since it was chosen.</summary>
public sealed record StageNotFound() : InvalidError(nameof(OpportunityEdit.StageId), "This stage does not exist any more. Choose another.");

/// <summary>An end is only recorded with why.</summary>
public sealed record EndNeedsReason(bool Won) : InvalidError("Reason", Won ? "Say why it was won." : "Say why it was lost.");

/// <summary>Others keep changing the same opportunity; nothing was done.</summary>
public sealed record OpportunityBusy() : ConflictError("Several people are changing this opportunity right now. Try again in a moment.");

/// <summary>Somebody else changed the same fields since the form was opened; nothing was saved.</summary>
/// <param name="Now">The opportunity as it is stored now, to go on from.</param>
public sealed record OpportunityChangedMeanwhile(string Who, DateTime At, IReadOnlyList<Clash> Clashes, OpportunityEdit Now)
    : ConflictError($"{Who} changed this opportunity while you were writing.");
