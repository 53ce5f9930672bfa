using Crm.Data;
using Crm.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Web.Platform.Undo;

/// <summary>
/// Gathers what is to be written back, and writes it in an order in which no unique index and no foreign key is hurt on the way: first
/// what gives a mark up (the primary contact), then new and moved rows, then removals, at last what takes a mark.
/// </summary>
sealed class UndoPlan(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, DateTime now)
{
    private const string UpdatedAt = "UpdatedAt";

    private readonly List<UndoSkip> skipped = [];
    private readonly List<Func<CancellationToken, Task>>[] phases = [[], [], [], []];
    private readonly HashSet<(Type, string)> comingBack = [.. rows.Where(r => r.Action is AuditAction.Deleted).Select(r => (r.Rule.Kind, r.EntityId.ToString()))];
    private int restored;

    public void Skip(UndoRow row, EntityEntry? entry, string why, List<UndoField>? fields = null, bool mayChoose = false) =>
        skipped.Add(new UndoSkip(row.EntityId, row.Rule.NameOf((entry ?? UndoValues.Rebuilt(db, row)).Entity), why, fields ?? [], mayChoose));

    /// <summary>Writes the values of before back where the row still has those of after.</summary>
    public async Task RestoreAsync(UndoRow row, EntityEntry entry, bool anyway, CancellationToken ct)
    {
        var (back, clashes, quiet) = (new List<(PropertyEntry Property, object? Value)>(), new List<UndoField>(), new List<(PropertyEntry, object?)>());
        foreach (var (name, json) in row.Before.Where(v => v.Key != UpdatedAt && entry.Metadata.FindProperty(v.Key) is not null))
        {
            var property = entry.Property(name);
            var (was, became) = (UndoValues.Read(property.Metadata, json), UndoValues.Read(property.Metadata, row.After.GetValueOrDefault(name)));
            if (row.Rule.IsQuiet(name) && UndoValues.Same(property.CurrentValue, became)) quiet.Add((property, was));
            else if (row.Rule.IsQuiet(name) || UndoValues.Same(property.CurrentValue, was)) continue;
            else if (UndoValues.Same(property.CurrentValue, became) || anyway) back.Add((property, was));
            else clashes.Add(new UndoField(row.Rule.Tell(name, was).Label, row.Rule.Tell(name, was).Text, row.Rule.Tell(name, property.CurrentValue).Text));
        }
        if (clashes.Count > 0) Skip(row, entry, "Somebody changed it since.", clashes, mayChoose: true);
        else if (back.Count == 0 && (quiet.Count == 0 || row.Before.Keys.Any(name => !row.Rule.IsQuiet(name)))) return;
        else if (await MissingAsync(entry.Metadata, back, ct) is not null) Skip(row, entry, "What it belonged to is gone.");
        else phases[Phase(back)].Add(_ => WriteAsync(row, entry, [.. back, .. quiet]));
    }

    /// <summary>Inserts a deleted row again, with its id; a reference to what is gone for good stays empty.</summary>
    public async Task InsertAsync(UndoRow row, CancellationToken ct)
    {
        var entry = UndoValues.Rebuilt(db, row);
        while (await MissingAsync(entry.Metadata, entry.Properties.Select(p => (p, p.CurrentValue)), ct) is { } lost)
        {
            if (!lost.Metadata.IsNullable)
            {
                Skip(row, entry, "What it belonged to is gone.");
                return;
            }
            lost.CurrentValue = null;
        }
        phases[1].Add(_ => CountAsync(() => entry.State = EntityState.Added));
    }

    /// <summary>Removes a row that the change made, unless somebody worked on it since.</summary>
    public async Task RemoveAsync(UndoRow row, EntityEntry entry, bool anyway, CancellationToken ct)
    {
        var since = await db.AuditEntries.AsNoTracking().Where(a => (a.RootId == row.EntityId || a.EntityId == row.EntityId) && a.At > row.At).Select(a => a.ActorName).FirstOrDefaultAsync(ct);
        if (since is not null && !anyway && row.Record == row.EntityId) Skip(row, entry, $"{since} worked on it since.", mayChoose: true);
        else phases[2].Add(async token =>
        {
            await row.Rule.RemoveAsync(db, [entry.Entity], token);
            restored++;
        });
    }

    public async Task<UndoTally> RunAsync(CancellationToken ct)
    {
        foreach (var phase in phases.Where(p => p.Count > 0))
        {
            foreach (var deed in phase) await deed(ct);
            await db.SaveChangesAsync(ct);
        }
        return new UndoTally(restored, skipped);
    }

    private Task WriteAsync(UndoRow row, EntityEntry entry, List<(PropertyEntry Property, object? Value)> values) => CountAsync(() =>
    {
        foreach (var (property, value) in values) property.CurrentValue = value;
        if (entry.Metadata.FindProperty(UpdatedAt) is not null) entry.Property(UpdatedAt).CurrentValue = now;
        row.Rule.Finish(db, entry.Entity, row);
    });

    private Task CountAsync(Action deed)
    {
        deed();
        restored++;
        return Task.CompletedTask;
    }

    // The first reference that leads nowhere.
    private async Task<PropertyEntry?> MissingAsync(IEntityType type, IEnumerable<(PropertyEntry Property, object? Value)> values, CancellationToken ct)
    {
        foreach (var (property, value) in values.Where(v => v.Value is not null).ToList())
        {
            foreach (var key in type.GetForeignKeys().Where(k => k.Properties is [var only] && only == property.Metadata))
            {
                var principal = key.PrincipalEntityType.ClrType;
                if (comingBack.Contains((principal, value!.ToString()!))) continue;
                if (await db.FindAsync(principal, [value], ct) is not { } found || db.Entry(found).State is EntityState.Deleted) return property;
            }
        }
        return null;
    }

    private static int Phase(List<(PropertyEntry Property, object? Value)> values) =>
        values.Any(v => v is { Property.CurrentValue: true, Value: false }) ? 0 : values.Any(v => v is { Property.CurrentValue: false, Value: true }) ? 3 : 1;
}
