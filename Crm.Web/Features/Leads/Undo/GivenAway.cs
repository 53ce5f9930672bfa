using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>Who gave something out of their own sight may take just that back, while whoever has it changed nothing of it.</summary>
static class GivenAway
{
    /// <param name="now">The row as it is, of a lead or an opportunity.</param>
    public static bool By(CurrentActor actor, UndoRow row, EntityEntry now)
    {
        if (row.ActorId is null || row.ActorId != actor.UserId || !row.Before.TryGetValue(nameof(Lead.OwnerId), out var before)) return false;
        var owner = (Guid?)UndoValues.Read(now.Property(nameof(Lead.OwnerId)).Metadata, before);
        return (owner is null || owner == actor.UserId) && UndoValues.Stands(now, row);
    }
}
