using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>Nobody has it, or it was deleted meanwhile.</summary>
public sealed record LeadNotFound() : NotFoundError("This lead is gone. Somebody may have deleted it.");

/// <summary>A part of a lead is gone.</summary>
public sealed record LeadPartNotFound(string What) : NotFoundError($"This {What} is gone. Somebody may have deleted it.");

/// <summary>A loss is only recorded with why.</summary>
public sealed record LostNeedsReason() : InvalidError("Reason", "Say why it was lost.");

/// <summary>A conversion is only recorded with the customer that it became.</summary>
public sealed record ConversionNeedsCustomer() : ConflictError("Choose the customer that this lead became.");

/// <summary>A conversion adds a customer or names one, which this role may not.</summary>
public sealed record ConversionNotAllowed() : ForbiddenError("Your role may not turn leads into customers. Ask the owner or a manager to do it.");

/// <summary>The next step is no longer the one that somebody decided about; nothing was done.</summary>
/// <param name="Now">What it is by now; none when there is none.</param>
public sealed record NextStepChanged(string? Now)
    : ConflictError(Now is null ? "There is no next step any more." : $"The next step was changed in the meantime. It is now: {Now}");

/// <summary>Somebody else made the lead a customer since it was looked at; nothing was done.</summary>
/// <param name="CustomerId">Who it is by now.</param>
public sealed record LeadAlreadyConverted(Guid CustomerId, string Name)
    : ConflictError($"Somebody made this lead a customer in the meantime: {Name}. Convert again to keep it so, or choose another.");

/// <summary>Others keep changing the same lead; nothing was done.</summary>
public sealed record LeadBusy() : ConflictError("Several people are changing this lead right now. Try again in a moment.");

/// <summary>Somebody else changed the same fields since the form was opened; nothing was saved.</summary>
/// <param name="Who">Who did.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Now">The lead as it is stored now, to go on from.</param>
public sealed record LeadChangedMeanwhile(string Who, DateTime At, IReadOnlyList<Clash> Clashes, LeadEdit Now)
    : ConflictError($"{Who} changed this lead while you were writing.");

/// <summary>Somebody else changed the same fields of a contact since the form was opened; nothing was saved.</summary>
public sealed record ContactChangedMeanwhile(string Who, DateTime At, IReadOnlyList<Clash> Clashes, LeadContactEdit Now)
    : ConflictError($"{Who} changed this contact while you were writing.");
