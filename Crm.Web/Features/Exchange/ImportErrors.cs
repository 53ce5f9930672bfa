using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Exchange;

/// <summary>The file cannot be taken; nothing of it was written.</summary>
public sealed record FileRefused(string Why) : InvalidError("File", Why);

/// <summary>Only one import at a time, on all nodes together.</summary>
public sealed record ImportRunning() : ConflictError("Another import is running. Wait until it is done, or stop it first.");

/// <summary>There is no such import.</summary>
public sealed record ImportNotFound() : NotFoundError("There is no such import.");

/// <summary>It has ended meanwhile.</summary>
public sealed record ImportNotRunning() : ConflictError("This import has ended already.");
