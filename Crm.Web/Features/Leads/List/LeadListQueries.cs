using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.List;

/// <summary>Reads the list of leads, page by page by key.</summary>
public sealed class LeadListQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 50;

    private const int MostChoices = 100;

    /// <summary>One page of the list.</summary>
    public async Task<Result<KeyPage<LeadRow>>> PageAsync(LeadListQuery query, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = await LeadFiltering.ApplyAsync(db, query.Filter, actor, LeadMoment.Of(shop), ct);
        return await KeyPages.ReadAsync((cursor, backwards) => LeadListing.Parts(db, leads, query, cursor, backwards), query.Cursor, query.Backwards, PageSize, ct);
    }

    /// <summary>Count and worth of the whole filtered list, apart from its page so that the page need not wait.</summary>
    public async Task<Result<LeadListTotals>> TotalsAsync(LeadFilter filter, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = await LeadFiltering.ApplyAsync(db, filter, actor, LeadMoment.Of(shop), ct);
        return await leads.GroupBy(_ => 1).Select(g => new LeadListTotals(g.Count(), g.Sum(l => l.ValueMinor))).SingleOrDefaultAsync(ct) ?? new LeadListTotals(0, 0);
    }

    /// <summary>One line again, after it was changed; null when it is gone.</summary>
    public async Task<Result<LeadRow>> RowAsync(Guid leadId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await LeadListing.Rows(db, db.Leads.AsNoTracking().SeenBy(actor).Where(l => l.Id == leadId)).SingleOrDefaultAsync(ct);
        return row is null ? new LeadNotFound() : row;
    }

    /// <summary>The cities and tags that leads in sight have.</summary>
    public async Task<Result<LeadListChoices>> ChoicesAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = db.Leads.AsNoTracking().SeenBy(actor);
        var cities = await leads.Where(l => l.City != null).GroupBy(l => l.City!).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).Take(MostChoices).ToListAsync(ct);
        var tags = await leads.SelectMany(l => l.Tags).GroupBy(t => t.Name).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).Take(MostChoices).ToListAsync(ct);
        return new LeadListChoices(cities, tags);
    }
}
