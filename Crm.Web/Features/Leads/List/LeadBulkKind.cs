using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.List;

/// <summary>
/// Changes leads batch by batch. Left alone are leads that are gone or out of sight, and those in which somebody changed the same thing
/// since the run was started. A bulk change is no touch: it makes no stale lead fresh; only a move to another stage does.
/// </summary>
sealed class LeadBulkKind(CurrentActor actor, Shop shop) : IBulkKind
{
    public const string Prefix = "leads";

    public string Name => Prefix;

    public Error? Refusal(CurrentActor who, string what) => Read(what).Kind is LeadDeedKind.Delete ? who.UnlessMay(Permission.DeleteLeads) : who.UnlessStaff();

    public async Task<IReadOnlyList<BulkRefusal>> DoAsync(CrmDbContext db, BulkBatch batch, CancellationToken ct)
    {
        var deed = Read(batch.What);
        if (deed.Kind is LeadDeedKind.Stage) await LeadRanks.LockAsync(db, ct);
        if (deed.Kind is LeadDeedKind.Delete) await db.HoldAsync(typeof(Lead), batch.Ids, ct);
        var leads = await Leads(db, deed).Where(l => batch.Ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var refused = await GoneAsync(db, [.. batch.Ids.Where(id => !leads.ContainsKey(id))], ct);
        refused.AddRange(await ChangedSinceAsync(db, batch, deed, leads, ct));
        refused.ForEach(r => leads.Remove(r.RowId));
        if (deed.Kind is LeadDeedKind.Delete) await LeadDeletion.RemoveAsync(db, leads.Values, ct);
        else if (deed.Kind is LeadDeedKind.Stage) refused.AddRange(await MoveAsync(db, deed, [.. batch.Ids.Where(leads.ContainsKey).Select(id => leads[id])], ct));
        else foreach (var lead in leads.Values)
            if (Change(db, deed, lead) is { } why) refused.Add(new BulkRefusal(lead.Id, lead.Name, why));
        return refused;
    }

    // Why not, where the lead cannot take it.
    private string? Change(CrmDbContext db, LeadDeed deed, Lead lead)
    {
        if (deed.Kind is LeadDeedKind.Assign) lead.Assign(deed.OwnerId, actor.UserId, shop.Now);
        else if (deed.Kind is LeadDeedKind.Priority && lead.Priority != deed.Priority) lead.Rate(deed.Priority!.Value, new Money(lead.ValueMinor));
        else if (deed.Kind is LeadDeedKind.Tag or LeadDeedKind.Untag) return Retag(db, lead, LeadTags.Tidy(deed.Tag)!, deed.Kind is LeadDeedKind.Tag);
        if (db.Entry(lead).State is EntityState.Modified) db.Entry(lead).Property(l => l.UpdatedAt).CurrentValue = shop.Now;
        return null;
    }

    private static string? Retag(CrmDbContext db, Lead lead, string tag, bool wanted)
    {
        var held = lead.Tags.Find(t => t.Name == tag);
        if (wanted && held is null && lead.Tags.Count >= LeadTags.Most) return LeadTags.TooMany;
        if (wanted && held is null) db.LeadTags.Add(new LeadTag { LeadId = lead.Id, Name = tag });
        else if (!wanted && held is not null) db.LeadTags.Remove(held);
        return null;
    }

    // On top of their new column, in the order of the run.
    private async Task<List<BulkRefusal>> MoveAsync(CrmDbContext db, LeadDeed deed, List<Lead> leads, CancellationToken ct)
    {
        var refused = leads.Where(l => l.Status is LeadStatus.Converted).Select(l => new BulkRefusal(l.Id, l.Name, "It is a customer already.")).ToList();
        var (to, moved) = (deed.Status!.Value, leads.Where(l => l.Status is not LeadStatus.Converted && l.Status != deed.Status).ToList());
        var top = await db.Leads.Where(l => l.Status == to).Select(l => (long?)l.Rank).MinAsync(ct) ?? Lead.RankStep;
        for (var at = 0; at < moved.Count; at++)
        {
            var rank = top - (moved.Count - at) * Lead.RankStep;
            if (to is LeadStatus.Lost) moved[at].Lose(deed.Reason!.Value, deed.Note, rank, shop.Now);
            else moved[at].MoveTo(to, rank, shop.Now);
        }
        return refused;
    }

    private static async Task<List<BulkRefusal>> GoneAsync(CrmDbContext db, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var names = await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Lead) && a.Action == AuditAction.Deleted && ids.Contains(a.EntityId!.Value))
            .Select(a => new { Id = a.EntityId!.Value, a.Before, a.ActorName, a.At }).OrderByDescending(a => a.At).ToListAsync(ct);
        return ids.ConvertAll(id => names.Find(n => n.Id == id) is { } gone
            ? new BulkRefusal(id, NameOf(gone.Before!), $"{gone.ActorName} deleted it meanwhile.")
            : new BulkRefusal(id, "A lead", "It is out of your sight now."));
    }

    private static async Task<IEnumerable<BulkRefusal>> ChangedSinceAsync(CrmDbContext db, BulkBatch batch, LeadDeed deed, Dictionary<Guid, Lead> leads, CancellationToken ct)
    {
        var field = deed.Kind switch
        {
            LeadDeedKind.Assign => nameof(Lead.OwnerId),
            LeadDeedKind.Stage => nameof(Lead.Status),
            LeadDeedKind.Priority => nameof(Lead.Priority),
            LeadDeedKind.Delete => "",
            LeadDeedKind.Tag or LeadDeedKind.Untag => null,
        };
        if (field is null) return [];
        var changed = await db.AuditEntries.AsNoTracking()
            .Where(a => a.EntityType == nameof(Lead) && a.Action == AuditAction.Updated && batch.Ids.Contains(a.EntityId!.Value) && a.At > batch.StartedAt && a.ChangeId != batch.RunId)
            .Where(a => field == "" || a.After!.Contains("\"" + field + "\":")).Select(a => new { Id = a.EntityId!.Value, a.ActorName }).ToListAsync(ct);
        return changed.DistinctBy(c => c.Id).Where(c => leads.ContainsKey(c.Id))
            .Select(c => new BulkRefusal(c.Id, leads[c.Id].Name, $"{c.ActorName} changed {(field == "" ? "it" : $"the {LeadChanges.LabelOf(field)}")} meanwhile.")).ToList();
    }

    private IQueryable<Lead> Leads(CrmDbContext db, LeadDeed deed)
    {
        var seen = db.Leads.SeenBy(actor);
        return deed.Kind is LeadDeedKind.Tag or LeadDeedKind.Untag ? seen.Include(l => l.Tags) : seen;
    }

    private static string NameOf(string before)
    {
        using var json = JsonDocument.Parse(before);
        return json.RootElement.GetProperty(nameof(Lead.Name)).GetString() ?? "A lead";
    }

    private static LeadDeed Read(string what) => JsonSerializer.Deserialize<LeadDeed>(what)!;
}
