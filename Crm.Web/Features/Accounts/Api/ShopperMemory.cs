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

    private readonly LiveMemory<ShopperRow> memory;
    private readonly ConcurrentDictionary<Guid, Guid> users = new(); // by customer
    private readonly CrmDatabase database;
    private readonly IDisposable subscription;

    public ShopperMemory(CrmDatabase database, ChangeFeed feed, Hearing hearing)
    {
        this.database = database;
        memory = new(hearing, database.Clock, MostAge, MostKept);
        subscription = feed.Remember([ChangeKinds.Customer, ChangeKinds.User, ChangeKinds.Product], topics =>
        {
            foreach (var topic in topics) Forget(topic);
        });
    }

    /// <summary>The record of the customer who signs in as this user, or null.</summary>
    public Task<ShopperRow?> RecallAsync(Guid userId, CancellationToken ct) => memory.RecallAsync(userId, token => ReadAsync(userId, token), ct);

    public void Dispose() => subscription.Dispose();

    private async Task<ShopperRow?> ReadAsync(Guid userId, CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("own profile"));
        var row = await ShopperQueries.Rows(db, userId).SingleOrDefaultAsync(ct);
        if (row is null) return null;
        if (users.Count >= MostKept)
        {
            users.Clear();
            memory.Forget(Guid.Empty);
        }
        users[row.Id] = userId; // first: by it a change of the customer finds what is kept
        return row;
    }

    private void Forget(ChangeTopic topic) =>
        memory.Forget(topic.Id == Guid.Empty || topic.Kind == ChangeKinds.Product ? Guid.Empty : users.GetValueOrDefault(topic.Id, topic.Id));
}
