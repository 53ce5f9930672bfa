using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Customers;

/// <summary>Nobody of that id, or not theirs to see.</summary>
public sealed record CustomerNotFound() : NotFoundError("This customer does not exist, or was merged into another one.");

/// <summary>The phone number or e-mail address already belongs to somebody.</summary>
/// <param name="OtherId">Whose it is, so that the form can lead there.</param>
public sealed record CustomerTaken(string Field, Guid OtherId, string OtherName)
    : InvalidError(Field, $"This {(Field == nameof(CustomerEdit.Phone) ? "phone number" : "e-mail address")} belongs to {OtherName}.");

/// <summary>Somebody else changed the same fields in the meantime; both values are told so that a person can choose.</summary>
/// <param name="Now">The record as it is now: the new starting point of the form.</param>
/// <param name="By">Who changed it last, if known.</param>
public sealed record CustomerChanged(IReadOnlyList<Clash> Clashes, CustomerEdit Now, string? By, DateTime? At)
    : ConflictError($"{By ?? "Somebody"} changed this customer while you were writing. Nothing of yours is lost: choose what to keep.")
{
    /// <summary>What to save next: the record as it is now, with my other changes, and my value where it is to be kept.</summary>
    /// <param name="opened">What I started from.</param>
    /// <param name="keepMine">Names of the clashing fields in which my value wins.</param>
    public CustomerEdit Resolve(CustomerEdit opened, CustomerEdit mine, IReadOnlySet<string> keepMine)
    {
        var (merged, clashes) = CustomerFields.Merge(opened, mine, Now);
        foreach (var clash in clashes.Where(c => !keepMine.Contains(c.Field))) CustomerFields.Take(clash.Field, merged, Now);
        return merged;
    }
}

/// <summary>Somebody else's note.</summary>
public sealed record NoteNotYours(string Author) : ForbiddenError($"Only {Author} can change this note. You can write one of your own.");

/// <summary>The note is gone or belongs to another record.</summary>
public sealed record NoteNotFound() : NotFoundError("This note does not exist any more.");

/// <summary>The note was changed in another window; both texts are told.</summary>
public sealed record NoteChanged(string Text, int Version) : ConflictError("This note was changed in the meantime. Both texts are below: keep what you need and save again.");
