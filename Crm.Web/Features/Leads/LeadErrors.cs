using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads;

/// <summary>Nobody has it, or it was deleted meanwhile.</summary>
public sealed record LeadNotFound() : NotFoundError("This lead is gone. Somebody may have deleted it.");

/// <summary>A part of a lead is gone.</summary>
public sealed record LeadPartNotFound(string What) : NotFoundError($"This {What} is gone. Somebody may have deleted it.");

/// <summary>A loss is only recorded with why.</summary>
public sealed record LostNeedsReason() : InvalidError("Reason", "Say why it was lost.");

/// <summary>A conversion is only recorded with the customer that it became.</summary>
public sealed record ConversionNeedsCustomer() : ConflictError("Choose the customer that this lead became.");

/// <summary>Others keep changing the same lead; nothing was done.</summary>
public sealed record LeadBusy() : ConflictError("Several people are changing this lead right now. Try again in a moment.");

/// <summary>One field that two people changed to different values.</summary>
/// <param name="Field">Property of the form.</param>
public sealed record FieldClash(string Field, string Label, string Theirs, string Mine);

/// <summary>Somebody else changed the same fields since the form was opened; nothing was saved.</summary>
/// <param name="Who">Who did.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Now">The lead as it is stored now, to go on from.</param>
public sealed record LeadChangedMeanwhile(string Who, DateTime At, IReadOnlyList<FieldClash> Clashes, LeadEdit Now)
    : ConflictError($"{Who} changed this lead while you were writing.");
