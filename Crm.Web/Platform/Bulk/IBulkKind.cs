using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Bulk;

/// <summary>What a room does with many rows at once, batch by batch, in the name of whoever started it.</summary>
public interface IBulkKind
{
    /// <summary>The first part of a run's kind: leads of leads.assign.</summary>
    string Name { get; }

    /// <summary>Why whoever acts may not do this now, or null; asked at the start and before each batch.</summary>
    /// <param name="what">As the run was started with.</param>
    Error? Refusal(CurrentActor actor, string what);

    /// <summary>Changes the rows of a batch in the caller's transaction, each one that whoever acts may change; the caller saves.</summary>
    /// <returns>The rows that were left alone, each with why.</returns>
    Task<IReadOnlyList<BulkRefusal>> DoAsync(CrmDbContext db, BulkBatch batch, CancellationToken ct);
}

/// <summary>Some rows of a run.</summary>
/// <param name="What">What to do with them, in JSON of the kind's own.</param>
public sealed record BulkBatch(Guid RunId, DateTime StartedAt, string What, IReadOnlyList<Guid> Ids);

/// <summary>A row that was left alone.</summary>
public sealed record BulkRefusal(Guid RowId, string Name, string Why);
