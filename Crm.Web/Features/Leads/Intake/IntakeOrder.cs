using System.Text.Json;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>What becomes of a line whose lead is here already.</summary>
public enum IntakeKnownRule { Skip, Add, Fill }

/// <summary>What to do with a kept file: as a run is started with.</summary>
/// <param name="FileId">Of the kept file.</param>
/// <param name="Fields">What each column says, in the order of the file; null is left out.</param>
/// <param name="OwnerId">The agent of all that are added; nobody for nobody's.</param>
/// <param name="Tag">For all that are added or filled.</param>
/// <param name="Source">For lines that name none.</param>
public sealed record IntakeOrder(Guid FileId, IReadOnlyList<IntakeField?> Fields, IntakeKnownRule Known = IntakeKnownRule.Skip, Guid? OwnerId = null, string? Tag = null, string? Source = null)
{
    /// <summary>As somebody may give it: who sees only their own leads imports as themselves.</summary>
    internal IntakeOrder By(CurrentActor actor) => actor.May(Permission.SeeAllLeads) ? this : this with { OwnerId = actor.UserId };

    internal string Write() => JsonSerializer.Serialize(this);

    internal static IntakeOrder Read(string what) => JsonSerializer.Deserialize<IntakeOrder>(what)!;
}
