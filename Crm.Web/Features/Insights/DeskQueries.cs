using Crm.Data;
using Crm.Data.Catalogue;
using Crm.Data.Leads;
using Crm.Data.Orders;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Insights;

/// <summary>What waits on the desk today: pipeline, reminders, stock, and what just happened; for everybody who works here.</summary>
public sealed class DeskQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private static readonly OrderStatus[] OpenOrders = [OrderStatus.Placed, OrderStatus.Paid, OrderStatus.Picking, OrderStatus.Ready, OrderStatus.OutForDelivery];

    public async Task<Result<DeskCounts>> CountsAsync(CancellationToken ct) => await ReadAsync(async db =>
    {
        var (now, endOfDay) = (shop.Now, EndOfToday());
        var due = await Waiting(db).Where(r => r.DueAt < endOfDay).GroupBy(r => r.DueAt < now).Select(g => new { Late = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new DeskCounts(
            due.Where(d => d.Late).Sum(d => d.Count),
            due.Where(d => !d.Late).Sum(d => d.Count),
            await db.Orders.CountAsync(o => OpenOrders.Contains(o.Status), ct),
            await Low(db).CountAsync(ct),
            await Leads(db).Stale(shop.Pipeline.BordersAt(now)).CountAsync(ct),
            actor.May(Permission.SeeCustomers) ? await db.Customers.CountAsync(c => c.IsActive, ct) : 0,
            await (AllLeads ? db.LeadContacts : db.LeadContacts.Where(c => Leads(db).Any(l => l.Id == c.LeadId))).CountAsync(ct));
    }, ct);

    /// <summary>All five stages in the order of the board, also the empty ones.</summary>
    public async Task<Result<IReadOnlyList<PipelineStep>>> FunnelAsync(CancellationToken ct) => await ReadAsync<IReadOnlyList<PipelineStep>>(async db =>
    {
        var found = await Leads(db).GroupBy(l => l.Status).Select(g => new { g.Key, Count = g.Count(), Value = g.Sum(l => l.ValueMinor) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. Enum.GetValues<LeadStatus>().Select(s => found.TryGetValue(s, out var g) ? new PipelineStep(s, g.Count, new Money(g.Value)) : new PipelineStep(s, 0, Money.Zero))];
    }, ct);

    /// <summary>Open leads by priority, high first, also the empty ones.</summary>
    public async Task<Result<IReadOnlyList<PriorityShare>>> PrioritiesAsync(CancellationToken ct) => await ReadAsync<IReadOnlyList<PriorityShare>>(async db =>
    {
        var found = await Leads(db).Where(l => LeadStages.Open.Contains(l.Status)).GroupBy(l => l.Priority)
            .Select(g => new { g.Key, Count = g.Count(), Value = g.Sum(l => l.ValueMinor) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. Enum.GetValues<LeadPriority>().Reverse().Select(p => found.TryGetValue(p, out var g) ? new PriorityShare(p, g.Count, new Money(g.Value)) : new PriorityShare(p, 0, Money.Zero))];
    }, ct);

    public async Task<Result<IReadOnlyList<LowStockRow>>> LowStockAsync(int count, CancellationToken ct) => await ReadAsync<IReadOnlyList<LowStockRow>>(async db =>
        await Low(db).OrderBy(p => p.OnHand - p.Reserved).ThenBy(p => p.SortName).Take(count)
            .Select(p => new LowStockRow(p.Id, p.Name, p.Art, p.OnHand - p.Reserved, p.LowStockThreshold)).ToListAsync(ct), ct);

    /// <summary>The newest orders, leads, calls and customers, merged; told from the rows themselves, since agents never read the audit trail.</summary>
    public async Task<Result<IReadOnlyList<Activity>>> RecentAsync(int count, CancellationToken ct) => await ReadAsync<IReadOnlyList<Activity>>(async db =>
    {
        var people = actor.May(Permission.SeeCustomers);
        var orders = await (from o in db.Orders.AsNoTracking()
                            where o.Origin == null && people
                            orderby o.PlacedAt descending
                            select new { o.PlacedAt, o.TotalMinor, o.CustomerId, Name = db.Customers.Where(c => c.Id == o.CustomerId).Select(c => c.FirstName + " " + c.LastName).FirstOrDefault() }).Take(count).ToListAsync(ct);
        var leads = await Leads(db).OrderByDescending(l => l.CreatedAt).Take(count).Select(l => new { l.CreatedAt, l.Id, l.Name, l.Source }).ToListAsync(ct);
        var talks = await (from c in db.Correspondence.AsNoTracking()
                           join l in Leads(db) on c.LeadId equals l.Id
                           orderby c.CreatedAt descending
                           select new { c.CreatedAt, c.Kind, c.LeadId, l.Name, By = db.Users.Where(u => u.Id == c.LoggedById).Select(u => u.FirstName).FirstOrDefault() }).Take(count).ToListAsync(ct);
        var customers = await db.Customers.AsNoTracking().Where(c => c.Origin == null && people).OrderByDescending(c => c.JoinedAt).Take(count)
            .Select(c => new { c.JoinedAt, c.Id, c.FirstName, c.LastName }).ToListAsync(ct);

        return [.. orders.Select(o => new Activity(o.PlacedAt, "bag", o.Name ?? "A walk-in", $"bought for {shop.Format(new Money(o.TotalMinor))}", o.CustomerId is { } id ? $"/customers/{id}" : null))
            .Concat(leads.Select(l => new Activity(l.CreatedAt, "board", l.Name, l.Source is null ? "is a new lead" : $"is a new lead, {l.Source}", $"/leads/{l.Id}")))
            .Concat(talks.Select(t => new Activity(t.CreatedAt, Icon(t.Kind), t.By ?? "Somebody", $"{Verb(t.Kind)} {t.Name}", $"/leads/{t.LeadId}")))
            .Concat(customers.Select(c => new Activity(c.JoinedAt, "user", $"{c.FirstName} {c.LastName}".Trim(), "joined", $"/customers/{c.Id}")))
            .OrderByDescending(a => a.At).Take(count)];
    }, ct);

    private async Task<Result<T>> ReadAsync<T>(Func<CrmDbContext, Task<T>> read, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await read(db);
    }

    private DateTime EndOfToday() => shop.ToUtc(shop.Today.AddDays(1).ToDateTime(TimeOnly.MinValue));

    private bool AllLeads => actor.May(Permission.SeeAllLeads);

    private IQueryable<Lead> Leads(CrmDbContext db) => db.Leads.AsNoTracking().SeenBy(actor.UserId, AllLeads);

    private IQueryable<Reminder> Waiting(CrmDbContext db)
    {
        var open = db.Reminders.AsNoTracking().Where(r => r.DoneAt == null && r.Status != ReminderStatus.Cancelled);
        return AllLeads ? open : open.Where(r => Leads(db).Any(l => l.Id == r.LeadId));
    }

    private static IQueryable<Product> Low(CrmDbContext db) =>
        db.Products.AsNoTracking().Where(p => p.IsActive && p.TracksStock && p.OnHand - p.Reserved <= p.LowStockThreshold);

    private static string Icon(CorrespondenceKind kind) => kind switch
    {
        CorrespondenceKind.Email => "mail",
        CorrespondenceKind.Phone => "phone",
        CorrespondenceKind.Meeting => "users",
        CorrespondenceKind.WhatsApp or CorrespondenceKind.Other => "chat",
    };

    private static string Verb(CorrespondenceKind kind) => kind switch
    {
        CorrespondenceKind.Email => "wrote to",
        CorrespondenceKind.Phone => "called",
        CorrespondenceKind.Meeting => "met",
        CorrespondenceKind.WhatsApp => "messaged",
        CorrespondenceKind.Other => "spoke with",
    };
}
