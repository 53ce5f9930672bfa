using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Undo;

/// <summary>
/// What a room says about taking back changes of one kind of its rows; a kind without a rule is never taken back. Derive from
/// <see cref="UndoRule{T}"/>.
/// </summary>
public interface IUndoRule
{
    /// <summary>The kind of row.</summary>
    Type Kind { get; }

    /// <summary>Book-keeping, such as a place or a time of the last touch: taken back where it still stands, and never a clash.</summary>
    bool IsQuiet(string property);

    /// <summary>The kind of record that the rows belong to; it is held while they are taken back, so that nobody saves a part of it meanwhile.</summary>
    Type Root { get; }

    /// <summary>Whether the change of this row makes no sense by half: all of it goes back, or nothing.</summary>
    bool IsWhole(UndoRow row);

    /// <summary>Waits for the turn that the commands which change these rows wait for.</summary>
    Task LockAsync(CrmDbContext db, CancellationToken ct);

    /// <summary>The rows as they are now, tracked; those that are gone are left out.</summary>
    Task<IReadOnlyList<object>> LoadAsync(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, CancellationToken ct);

    /// <summary>Why whoever acts may not take back the change of a row; rows that they may are left out.</summary>
    Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct);

    /// <summary>Removes rows that the change made, with all that hangs on them.</summary>
    Task RemoveAsync(CrmDbContext db, IReadOnlyCollection<object> rows, CancellationToken ct);

    /// <summary>What would go, or lose something, with rows that are removed, beside the parts that the trail counts to their record.</summary>
    Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyCollection<object> rows, CancellationToken ct);

    /// <summary>Gives a mark up that another row holds by now; asked just before the row is saved.</summary>
    Task SettleAsync(CrmDbContext db, object row, CancellationToken ct);

    /// <summary>Puts right what goes with the values that were just written back.</summary>
    void Finish(CrmDbContext db, object row, UndoRow change);

    /// <summary>What people call the row: "Mama Nkechi Catering", "a note".</summary>
    string NameOf(object row);

    /// <summary>A value as people read it.</summary>
    UndoWords Tell(string property, object? value);
}

/// <summary>A property and one of its values in words.</summary>
/// <param name="Text">Null for nothing.</param>
public sealed record UndoWords(string Label, string? Text);
