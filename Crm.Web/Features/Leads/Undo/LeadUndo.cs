using System.Globalization;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Undo;

/// <summary>
/// Leads: what was changed goes back for whoever sees the lead, or gave it away themselves; a lead comes back, or goes, only for whoever
/// may delete leads.
/// </summary>
sealed class LeadUndo(Shop shop, OwnClock clock, StaffDirectory staff) : UndoRule<Lead>
{
    private StaffRoster? roster;

    public override bool IsQuiet(string property) => base.IsQuiet(property) || property is nameof(Lead.Rank) or nameof(Lead.StatusSince) or nameof(Lead.AssignedAt);

    /// <summary>A conversion, and the taking back of one: customer, opportunities and lead belong together.</summary>
    public override bool IsWhole(UndoRow row) => row.Action is AuditAction.Updated && (Becomes(row.After) || Becomes(row.Before));

    public override Task LockAsync(CrmDbContext db, CancellationToken ct) => LeadRanks.LockAsync(db, ct);

    public override async Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        roster = await staff.ReadAsync(ct);
        var ids = rows.Select(r => r.EntityId).ToList();
        var seen = (await db.Leads.SeenBy(actor).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var hidden = (await db.Leads.Where(l => ids.Contains(l.Id)).ToListAsync(ct)).Where(l => !seen.Contains(l.Id)).ToDictionary(l => l.Id);
        var refused = new Dictionary<UndoRow, Error>();
        foreach (var row in rows)
        {
            if (IsWhole(row) && actor.UnlessMay(Permission.EditCustomers) is { } mayNot) refused[row] = mayNot;
            else if (hidden.TryGetValue(row.EntityId, out var lead) && !GivenAway.By(actor, row, db.Entry(lead))) refused[row] = new LeadNotFound();
            else if (row.Action is not AuditAction.Updated && actor.UnlessMay(Permission.DeleteLeads) is { } refusal) refused[row] = refusal;
        }
        return refused;
    }

    public override UndoWords Tell(string property, object? value) => new(LeadChanges.LabelOf(property), (property, value) switch
    {
        (_, null) => null,
        (nameof(Lead.OwnerId), Guid owner) => roster?.NameOf(owner),
        (nameof(Lead.ValueMinor), long minor) => shop.Format(new Money(minor)),
        (nameof(Lead.NextStepAt), DateTime at) => clock.ToLocal(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
        (_, LostReason reason) => LeadWords.Of(reason),
        _ => base.Tell(property, value).Text,
    });

    protected override async Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyList<Lead> rows, CancellationToken ct)
    {
        var byId = rows.ToDictionary(l => l.Id);
        var ids = byId.Keys.ToList();
        return (await db.Opportunities.Where(o => o.LeadId != null && ids.Contains(o.LeadId.Value)).ToListAsync(ct)).ConvertAll(o => ((object)byId[o.LeadId!.Value], (object)o));
    }

    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<Lead> rows, CancellationToken ct) => LeadDeletion.RemoveAsync(db, rows, ct);

    // A card that goes back to its column goes back to its place, though the columns were numbered anew meanwhile.
    protected override void Finish(CrmDbContext db, Lead row, UndoRow change)
    {
        if (!change.Before.ContainsKey(nameof(Lead.Status))) return;
        if (change.Before.TryGetValue(nameof(Lead.Rank), out var rank)) row.PlaceAt(JsonSerializer.Deserialize<long>(rank));
        if (change.Before.TryGetValue(nameof(Lead.StatusSince), out var since)) db.Entry(row).Property(l => l.StatusSince).CurrentValue = JsonSerializer.Deserialize<DateTime>(since);
    }

    protected override string NameOf(Lead row) => row.Name;

    private static bool Becomes(IReadOnlyDictionary<string, string> values) => values.ContainsKey(nameof(Lead.ConvertedCustomerId));
}
