using System.Linq.Expressions;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>Where the entries of a timeline come from, each kind by its own index.</summary>
sealed class TimelineSources(CrmDbContext db, Guid customerId, StaffRoster roster, int count)
{
    private const int NamedLines = 3;
    private static readonly Keyset<Order> Orders = Keyset<Order>.By(o => o.PlacedAt);
    private static readonly Keyset<OrderReturn> Returns = Keyset<OrderReturn>.By(r => r.ReturnedAt);
    private static readonly Keyset<LoyaltyEntry> Ledger = Keyset<LoyaltyEntry>.By(e => e.At);
    private static readonly Keyset<CustomerNote> Notes = Keyset<CustomerNote>.By(n => n.CreatedAt);
    private static readonly Keyset<ConsentReceipt> Given = Keyset<ConsentReceipt>.By(c => c.GivenAt);
    private static readonly Keyset<ConsentReceipt> Withdrawn = Keyset<ConsentReceipt>.By(c => c.WithdrawnAt);

    /// <summary>The next entries of one kind, newest first.</summary>
    public async Task<IEnumerable<TimelineEntry>> ReadAsync(TimelineKind kind, Cursor? cursor, CancellationToken ct) => kind switch
    {
        TimelineKind.Order => (await NextAsync(Orders, db.Orders.Where(o => o.CustomerId == customerId), cursor,
                o => new { o.Id, o.PlacedAt, o.Number, o.Channel, o.Status, o.TotalMinor, Lines = o.Lines.Count }, ct))
            .Select(o => new OrderEntry(o.Id, o.PlacedAt, o.Number, o.Channel, o.Status, o.TotalMinor, o.Lines, "")),
        TimelineKind.Return => (await NextAsync(Returns, db.Returns.Where(r => r.CustomerId == customerId), cursor,
                r => new { r.Id, r.ReturnedAt, r.Number, r.TotalMinor, r.Reason }, ct))
            .Select(r => new ReturnEntry(r.Id, r.ReturnedAt, r.Number, r.TotalMinor, r.Reason)),
        TimelineKind.Points => (await NextAsync(Ledger, db.LoyaltyEntries.Where(e => e.CustomerId == customerId), cursor,
                e => new { e.Id, e.At, e.Kind, e.Points, e.Note }, ct))
            .Select(e => new PointsEntry(e.Id, e.At, e.Kind, e.Points, e.Note)),
        TimelineKind.Note => (await NextAsync(Notes, db.CustomerNotes.Where(n => n.CustomerId == customerId), cursor,
                n => new { n.Id, n.CreatedAt, n.AuthorId, n.Text, n.IsPinned }, ct))
            .Select(n => new NoteEntry(n.Id, n.CreatedAt, n.AuthorId is { } id ? roster.NameOf(id) : "The shop", n.Text, n.IsPinned)),
        TimelineKind.Consent => (await NextAsync(Given, db.ConsentReceipts.Where(c => c.CustomerId == customerId), cursor, c => c, ct))
            .Select(c => new ConsentEntry(kind, c.Id, c.GivenAt, c.Channel, c.Purpose, c.Source, c.Wording)),
        TimelineKind.Withdrawal => (await NextAsync(Withdrawn, db.ConsentReceipts.Where(c => c.CustomerId == customerId && c.WithdrawnAt != null), cursor, c => c, ct))
            .Select(c => new ConsentEntry(kind, c.Id, c.WithdrawnAt!.Value, c.Channel, c.Purpose, c.Source, c.Wording)),
    };

    /// <summary>Orders with the names of what was bought, in one query for the whole page.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> WithItemsAsync(IReadOnlyList<TimelineEntry> page, CancellationToken ct)
    {
        var orders = page.OfType<OrderEntry>().Select(o => o.Id).ToList();
        if (orders.Count == 0) return page;
        var lines = await db.OrderLines.AsNoTracking().Where(l => orders.Contains(l.OrderId) && l.Position <= NamedLines)
            .Select(l => new { l.OrderId, l.Position, l.Name, l.Quantity }).ToListAsync(ct);
        var names = lines.ToLookup(l => l.OrderId);
        return [.. page.Select(entry => entry is OrderEntry order
            ? order with { Items = Items(names[order.Id].OrderBy(l => l.Position).Take(NamedLines).Select(l => (l.Name, l.Quantity)), order.Lines) }
            : entry)];
    }

    private static string Items(IEnumerable<(string Name, int Quantity)> first, int lines)
    {
        var named = first.Select(l => l.Quantity == 1 ? l.Name : $"{l.Name} × {l.Quantity}").ToList();
        return lines > named.Count ? $"{string.Join(" · ", named)} and {lines - named.Count} more" : string.Join(" · ", named);
    }

    private Task<List<T>> NextAsync<TRow, T>(Keyset<TRow> order, IQueryable<TRow> rows, Cursor? cursor, Expression<Func<TRow, T>> shape, CancellationToken ct) where TRow : Entity =>
        KeyPages.TakeAsync(order.Parts(rows.AsNoTracking(), descending: true, cursor, backwards: false).Select(part => part.Select(shape)), count, ct);
}
