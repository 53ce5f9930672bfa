using Crm.Data.Exchange;

namespace Crm.Web.Features.Exchange;

/// <summary>What an import has done so far, counted by what it added.</summary>
/// <param name="LinesKnown">Lines of invoices that were here before.</param>
/// <param name="LinesRefused">Lines left out, each with a reason.</param>
public sealed record ImportTally(long LinesRead, long LinesKnown, long LinesRefused, long Customers, long Products, long Orders, long Returns)
{
    public static readonly ImportTally Zero = new(0, 0, 0, 0, 0, 0, 0);

    public bool IsEmpty => Customers + Products + Orders + Returns == 0;
}

/// <summary>How an import ended.</summary>
/// <param name="LinesTotal">Lines of the whole file.</param>
/// <param name="Reasons">Lines left out, by reason in words.</param>
/// <param name="RefusedPath">The list of them on this machine; null when there are none.</param>
/// <param name="Message">The one sentence that people read.</param>
public sealed record ImportOutcome(
    Guid RunId, ImportState State, long LinesTotal, ImportTally Tally, IReadOnlyDictionary<string, long> Reasons, string? RefusedPath, string Message);

/// <summary>What an import is at.</summary>
public enum ImportPhase { Checking, Importing }

/// <summary>How far an import is; first told when its row stands.</summary>
/// <param name="Done">Bytes while checking, then lines.</param>
public readonly record struct ImportProgress(Guid RunId, ImportPhase Phase, long Done, long Total)
{
    public int Percent => Total == 0 ? 0 : (int)(Done * 100 / Total);
}

/// <summary>One import as the owner's page lists it.</summary>
/// <param name="StartedBy">Null for the command line.</param>
/// <param name="LinesTotal">0 while the file is being checked.</param>
/// <param name="Reasons">Lines left out, by reason in words.</param>
/// <param name="HasRefusedList">Whether the lines left out can be downloaded.</param>
public sealed record ImportRow(
    Guid Id, string FileName, string? StartedBy, DateTime StartedAt, DateTime? EndedAt, ImportState State, string? Message,
    long LinesTotal, long LinesRead, long LinesRefused, long Customers, long Products, long Orders, long Returns,
    IReadOnlyDictionary<string, long> Reasons, bool HasRefusedList)
{
    public bool IsRunning => State is ImportState.Running;
}
