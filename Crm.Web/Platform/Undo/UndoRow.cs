using Crm.Data.Audit;

namespace Crm.Web.Platform.Undo;

/// <summary>What a change did to one row, all its saves taken together.</summary>
/// <param name="Action">Created, Updated or Deleted, from before the change to after it.</param>
/// <param name="EntityId">Of the row, or of the record that a row without an id belongs to.</param>
/// <param name="Before">JSON by property; nothing for a row that was created.</param>
/// <param name="After">JSON by property; nothing for a row that was deleted.</param>
public sealed record UndoRow(
    IUndoRule Rule, AuditAction Action, Guid EntityId, Guid? RootId, Guid? ActorId, DateTime At,
    IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)
{
    /// <summary>Its primary key as one text.</summary>
    public string Key { get; init; } = EntityId.ToString();

    /// <summary>The record on screen that it belongs to: rows of one record are taken back together.</summary>
    public Guid Record => RootId ?? EntityId;
}
