using System.Collections.Concurrent;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>
/// What programs ask for most, a customer's own record, kept in memory: forgotten on any change of the customer or of the account,
/// on this node before the change is answered, and never older than <see cref="MostAge"/>. It asks nobody for a right.
/// </summary>
sealed class ShopperMemory : IDisposable
{
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<Guid, Kept> byUser = new();
    private readonly ConcurrentDictionary<Guid, Guid> users = new();
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;
    private int changes;

    public ShopperMemory(CrmDatabase database, ChangeFeed feed)
    {
        this.database = database;
        subscription = feed.Remember([ChangeKinds.Customer, ChangeKinds.User, ChangeKinds.Product], topics =>
        {
            foreach (var topic in topics) Forget(topic);
        });
    }

    /// <summary>The record of the customer who signs in as this user, or null.</summary>
    public async Task<ShopperRow?> RecallAsync(Guid userId, CancellationToken ct)
    {
        var now = database.Clock.GetUtcNow();
        if (byUser.TryGetValue(userId, out var known) && now - known.ReadAt < MostAge) return known.Row;

        var before = Volatile.Read(ref changes);
        await using var db = database.Open(Actor.System("own profile"));
        var row = await ShopperQueries.Rows(db, userId).SingleOrDefaultAsync(ct);
        if (row is null) return null;
        if (byUser.Count >= MostKept) Clear();
        users[row.Id] = userId;
        byUser[userId] = new Kept(row, now);
        if (before != Volatile.Read(ref changes)) byUser.TryRemove(userId, out _); // it may have changed before it was kept
        return row;
    }

    public void Dispose() => subscription.Dispose();

    private void Forget(ChangeTopic topic)
    {
        Interlocked.Increment(ref changes);
        if (topic.Id == Guid.Empty || topic.Kind == ChangeKinds.Product) Clear();
        else if (topic.Kind == ChangeKinds.User) byUser.TryRemove(topic.Id, out _);
        else if (users.TryGetValue(topic.Id, out var userId)) byUser.TryRemove(userId, out _);
    }

    private void Clear()
    {
        byUser.Clear();
        users.Clear();
    }

    private sealed record Kept(ShopperRow Row, DateTimeOffset ReadAt);
}
