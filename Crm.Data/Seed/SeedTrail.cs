using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Data.Audit;
using Crm.Data.Leads;

namespace Crm.Data.Seed;

/// <summary>The audit rows that the leads' past would have left, so that their pages can tell it.</summary>
static class SeedTrail
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AuditEntry Created(SeedIds ids, Lead lead, DemoPerson by, DateTime at) =>
        Row(ids, lead, AuditAction.Created, by, at, null, new { lead.Name, lead.Company, lead.City, Status = nameof(LeadStatus.New), Priority = lead.Priority.ToString(), lead.ValueMinor, lead.Source, lead.OwnerId });

    public static AuditEntry Moved(SeedIds ids, Lead lead, LeadStatus before, DemoPerson by, DateTime at) => Row(ids, lead, AuditAction.Updated, by, at,
        new { Status = before.ToString() },
        lead.LostReason is { } reason ? new { Status = lead.Status.ToString(), LostReason = reason.ToString(), lead.LostNote } : new { Status = lead.Status.ToString() });

    private static AuditEntry Row(SeedIds ids, Lead lead, AuditAction action, DemoPerson by, DateTime at, object? before, object after) => new()
    {
        Id = ids.At(at),
        At = at,
        ActorId = by.Id,
        ActorName = by.Name,
        Action = action,
        EntityType = nameof(Lead),
        EntityId = lead.Id,
        RootId = lead.Id,
        Before = before is null ? null : JsonSerializer.Serialize(before, Json),
        After = JsonSerializer.Serialize(after, Json),
        ChangeId = ids.At(at),
    };
}
