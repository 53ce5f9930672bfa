using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Customers;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Undo;

/// <summary>Something hangs on the customer by now, so that the record stays.</summary>
public sealed record CustomerInUse(string What) : ConflictError($"There is {What} by now.");

/// <summary>
/// Customers: one that a change made goes again, and comes back when that is taken back, for whoever may edit customers and as long as
/// nothing hangs on it. Edits of the record are not taken back this way: a phone number may have become another's.
/// </summary>
sealed class CustomerUndo : UndoRule<Customer>
{
    public override async Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct)
    {
        var refused = new Dictionary<UndoRow, Error>();
        foreach (var row in rows)
        {
            if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) refused[row] = refusal;
            else if (row.Action is AuditAction.Updated) refused[row] = new ConflictError("Change the record on the customer's own page.");
            else if (row.Action is AuditAction.Created && await HangsAsync(db, row.EntityId, ct) is { } what) refused[row] = new CustomerInUse(what);
        }
        return refused;
    }

    protected override Task RemoveAsync(CrmDbContext db, IReadOnlyList<Customer> rows, CancellationToken ct)
    {
        db.Customers.RemoveRange(rows);
        return Task.CompletedTask;
    }

    protected override string NameOf(Customer row) => CustomerName.Of(row.FirstName, row.LastName, row.Phone, row.Email, row.Number);

    // Leads and opportunities that the same change linked go back with it.
    private static async Task<string?> HangsAsync(CrmDbContext db, Guid id, CancellationToken ct)
    {
        var change = db.UndoOf;
        var same = db.AuditEntries.Where(a => a.ChangeId == change && a.EntityId != null).Select(a => a.EntityId!.Value);
        if (await db.Orders.AnyAsync(o => o.CustomerId == id, ct)) return "an order of theirs";
        if (await db.Returns.AnyAsync(r => r.CustomerId == id, ct)) return "a return of theirs";
        if (await db.LoyaltyEntries.AnyAsync(e => e.CustomerId == id, ct)) return "an entry of points for them";
        if (await db.Opportunities.AnyAsync(o => o.CustomerId == id && !same.Contains(o.Id), ct)) return "another opportunity of theirs";
        if (await db.Leads.AnyAsync(l => l.ConvertedCustomerId == id && !same.Contains(l.Id), ct)) return "another lead that became them";
        if (await db.CustomerNotes.AnyAsync(n => n.CustomerId == id, ct)) return "a note about them";
        if (await db.Interactions.AnyAsync(i => i.CustomerId == id, ct)) return "a talk with them";
        if (await db.ConsentReceipts.AnyAsync(c => c.CustomerId == id, ct)) return "a consent of theirs";
        if (await db.CustomerAddresses.AnyAsync(a => a.CustomerId == id, ct)) return "an address of theirs";
        if (await db.CustomerFavourites.AnyAsync(f => f.CustomerId == id, ct)) return "a favourite of theirs";
        if (await db.CustomerDiets.AnyAsync(d => d.CustomerId == id, ct)) return "a diet of theirs";
        return await db.Customers.AnyAsync(c => c.Id == id && c.UserId != null, ct) ? "an account of theirs" : null;
    }
}
