using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Undo;

/// <summary>What came of taking a change back.</summary>
/// <param name="ChangeId">Of the undo itself, which can be taken back as well.</param>
/// <param name="Restored">Rows that are as they were before.</param>
/// <param name="Skipped">Rows that were left alone, each with why.</param>
/// <param name="RunId">Set when it is so much that it goes on behind the scenes, as a bulk run.</param>
public sealed record UndoOutcome(Guid ChangeId, int Restored, IReadOnlyList<UndoSkip> Skipped, Guid? RunId = null)
{
    /// <summary>Why not all of it went back, in one sentence, or null.</summary>
    public static string? WhyNot(Result<UndoOutcome> undone) =>
        undone.Failed(out var refusal, out var outcome) ? refusal.Message : outcome.Skipped is [var skip, ..] ? $"{skip.Name} was left as it is: {skip.Why}" : null;
}

/// <summary>A row that was not taken back.</summary>
/// <param name="RowId">To choose it after all.</param>
/// <param name="Fields">What was changed since, with both values.</param>
/// <param name="MayChoose">Whether it can be taken back in spite of that.</param>
public sealed record UndoSkip(Guid RowId, string Name, string Why, IReadOnlyList<UndoField> Fields, bool MayChoose);

/// <summary>A value that was changed.</summary>
/// <param name="Back">What it was, and would be again.</param>
/// <param name="Now">What it is.</param>
public sealed record UndoField(string Label, string? Back, string? Now);

/// <summary>A change of the last days, as a line of the history.</summary>
/// <param name="What">In words: "Assign 5,000 leads to Amina", "Changed Mama Nkechi Catering".</param>
/// <param name="Rows">Rows that it changed.</param>
/// <param name="IsUndo">It took another change back.</param>
/// <param name="IsUndone">Somebody has taken it back.</param>
/// <param name="Fields">Of a small change: what was changed most.</param>
/// <param name="MayUndo">Whether whoever reads it may take any of it back.</param>
public sealed record RecentChange(Guid ChangeId, DateTime At, string Who, string What, int Rows, bool IsUndo, bool IsUndone, IReadOnlyList<UndoField> Fields, bool MayUndo);

/// <summary>No such change, or nothing of it can be taken back.</summary>
public sealed record NothingToUndo() : NotFoundError("There is nothing left of this change to take back.");

/// <summary>It is too long ago.</summary>
public sealed record UndoTooLate() : ConflictError($"A change can be taken back for {UndoService.Days} days; this one is older.");

/// <summary>Somebody else did it.</summary>
public sealed record UndoNotTheirs() : ForbiddenError("Somebody else made this change. A manager can take it back.");

/// <summary>Others keep changing the same rows.</summary>
public sealed record UndoBusy() : ConflictError("Several people are changing this right now. Try again in a moment.");

/// <summary>Another record has what only one may have: a phone number, an e-mail address. Nothing was done.</summary>
public sealed record UndoTaken() : ConflictError("Another record has by now what only one may have, such as the phone number. Change that one first.");

/// <summary>Something in the way of taking all of it back; nothing was done.</summary>
public sealed record UndoNotWhole(IReadOnlyList<UndoSkip> Skipped)
    : ConflictError("This cannot be taken back. " + string.Join(" ", Skipped.Select(s => $"{s.Name}: {s.Why}").Distinct()));
