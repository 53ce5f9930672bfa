using Crm.Data.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Data.Accounts;

/// <summary>
/// Keeps the number that a customer signs in with the number on their record, whoever changes that: it is one fact, stored twice
/// since staff sign in with a number too.
/// </summary>
static class SignInPhones
{
    /// <summary>Before a save. A number that somebody else signs in with already is not given to a second account.</summary>
    public static async Task FollowAsync(CrmDbContext db, CancellationToken ct)
    {
        var moved = db.ChangeTracker.Entries<Customer>().Where(Concerns).Select(e => e.Entity).ToList();
        foreach (var customer in moved)
        {
            var user = await db.Users.FindAsync([customer.UserId], ct);
            if (user is null || user.PhoneNumber == customer.Phone) continue;
            var elsewhere = customer.Phone is { } phone && await db.Users.AnyAsync(u => u.PhoneNumber == phone && u.Id != user.Id, ct);
            user.PhoneNumber = elsewhere ? null : customer.Phone;
        }
        if (moved.Count > 0) db.ChangeTracker.DetectChanges();
    }

    private static bool Concerns(EntityEntry<Customer> entry) => entry.Entity.UserId is not null && entry.State switch
    {
        EntityState.Added => entry.Entity.Phone is not null,
        EntityState.Modified => entry.Property(c => c.Phone).IsModified || (entry.Property(c => c.UserId).IsModified && entry.Entity.Phone is not null),
        _ => false,
    };
}
