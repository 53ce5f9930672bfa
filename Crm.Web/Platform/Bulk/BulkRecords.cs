using Crm.Data.Bulk;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Bulk;

/// <summary>A bulk run as its progress and its result show it.</summary>
/// <param name="Done">Rows that were gone through, refused ones too.</param>
/// <param name="Refusals">The first of the refused rows.</param>
/// <param name="IsMine">Whether whoever looks started it.</param>
/// <param name="IsUndone">Somebody has taken it back, or some of it.</param>
public sealed record BulkRow(
    Guid Id, string Kind, string Title, BulkState State, int Total, int Done, int Refused, IReadOnlyList<BulkRefusal> Refusals, string? Message,
    DateTime StartedAt, DateTime? EndedAt, bool StopAsked, bool IsMine, bool IsUndone)
{
    public bool IsOver => State is BulkState.Finished or BulkState.Cancelled or BulkState.Failed;
    public int Changed => Done - Refused;
}

/// <summary>There is no such run, or it is somebody else's.</summary>
public sealed record BulkNotFound() : NotFoundError("There is no such bulk change.");

/// <summary>It has ended meanwhile.</summary>
public sealed record BulkEnded() : ConflictError("This has ended already.");

/// <summary>No row was chosen, or the filter leaves none.</summary>
public sealed record NothingChosen() : InvalidError("", "Nothing is chosen: the filter leaves no rows.");
