using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Data.Search;

/// <summary>Keeps the search index in step with a save, in its transaction.</summary>
static class SearchIndexing
{
    public static async Task FollowAsync(CrmDbContext db, CancellationToken ct)
    {
        var touched = db.ChangeTracker.Entries<ISearchable>().Where(e => IsFindable(e)).ToList();
        if (touched.Count == 0) return;

        var known = touched.Where(e => e.State is not EntityState.Added).Select(e => e.Entity.Id).ToList();
        var entries = known.Count == 0 ? [] : await db.SearchEntries.Where(e => known.Contains(e.EntityId)).ToDictionaryAsync(e => e.EntityId, ct);
        foreach (var item in touched)
        {
            entries.TryGetValue(item.Entity.Id, out var entry);
            if (item.State is EntityState.Deleted)
            {
                if (entry is not null) db.SearchEntries.Remove(entry);
                continue;
            }
            foreach (var part in item.Collections.Where(c => item.State is EntityState.Modified && !c.IsLoaded && item.Entity.IsFoundBy(c.Metadata.Name)))
                await part.LoadAsync(ct);
            var document = item.Entity.Describe();
            if (entry is null) db.SearchEntries.Add(SearchEntry.Of(document));
            else entry.Follow(document);
        }
    }

    // Moves, counters and prices change no word: they must not cost a look-up.
    private static bool IsFindable(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Deleted
        || entry.State is EntityState.Modified && entry.Properties.Any(p => p.IsModified && p.Metadata.ClrType == typeof(string));
}
