using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Access;

/// <summary>
/// Gives the open work of somebody who leaves to a colleague. The room that keeps a kind of work does it; whoever keeps the staff asks
/// for it without knowing that room.
/// </summary>
public interface IHandover
{
    /// <summary>In one transaction, and told to the colleague in one notice. Whoever keeps the staff may.</summary>
    /// <returns>How much there was, or why not.</returns>
    Task<Result<int>> HandOverAsync(Guid fromUserId, Guid toUserId, CancellationToken ct);
}
