using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Notes;

/// <summary>Somebody else wrote in the same note since it was opened; nothing was saved.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Now">What it says now.</param>
public sealed record NoteChangedMeanwhile(string Who, DateTime At, string Now) : ConflictError($"{Who} changed this note while you were writing.");
