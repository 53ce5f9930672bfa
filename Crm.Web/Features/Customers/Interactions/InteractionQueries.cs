using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Interactions;

/// <summary>A call, meeting or visit of a customer.</summary>
public sealed record InteractionRow(Guid Id, Guid CustomerId, string Kind, string Notes, string NextAction, DateTime HappenedAt, Guid? LoggedById);

/// <summary>Reads interactions: staff who see customers those of everybody, a customer those of their own record alone.</summary>
public sealed class InteractionQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, OwnCustomer own)
{
    /// <summary>As many as any list reads at once.</summary>
    public const int Most = 1000;

    /// <summary>In the order in which they were logged, at most <see cref="Most"/> behind one.</summary>
    public Task<Result<Page<InteractionRow>>> ListAsync(Guid? after, CancellationToken ct) => ReadAsync<Page<InteractionRow>>(async seen =>
        Page<InteractionRow>.Of(await Rows(seen.Where(i => after == null || i.Id > after).OrderBy(i => i.Id).Take(Most + 1)).ToListAsync(ct), Most), ct);

    /// <summary>One in sight, or <see cref="InteractionNotFound"/>.</summary>
    public Task<Result<InteractionRow>> FindAsync(Guid interactionId, CancellationToken ct) => ReadAsync<InteractionRow>(async seen =>
        await Rows(seen.Where(i => i.Id == interactionId)).SingleOrDefaultAsync(ct) is { } row ? row : new InteractionNotFound(), ct);

    private async Task<Result<T>> ReadAsync<T>(Func<IQueryable<Interaction>, Task<Result<T>>> read, CancellationToken ct)
    {
        if (actor.IsStaff && actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (actor.IsStaff) return await read(db.Interactions.AsNoTracking());
        if (!actor.IsCustomer) return new ForbiddenError();
        if ((await own.IdAsync(db, ct)).Failed(out var stranger, out var customerId)) return stranger;
        return await read(db.Interactions.AsNoTracking().Where(i => i.CustomerId == customerId));
    }

    private static IQueryable<InteractionRow> Rows(IQueryable<Interaction> interactions) =>
        interactions.Select(i => new InteractionRow(i.Id, i.CustomerId, i.Kind, i.Notes, i.NextAction, i.HappenedAt, i.LoggedById));
}
