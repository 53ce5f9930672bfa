using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>
/// Merges orders, returns, points, notes and consents of one customer into one timeline: every source gives its next few rows by
/// key, the newest of them all make the page. Staff only.
/// </summary>
public sealed class TimelineQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff)
{
    /// <summary>Entries of one page.</summary>
    public const int PageSize = 30;

    /// <summary>The entries behind the cursor, newest first.</summary>
    /// <param name="after">The last entry of the page before.</param>
    /// <param name="count">How many; at most <see cref="ShownRows.Most"/>.</param>
    public async Task<Result<TimelinePage>> ReadAsync(Guid customerId, TimelineFilter filter, TimelineCursor? after, int count, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        count = Math.Clamp(count, 1, ShownRows.Most);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sources = new TimelineSources(db, customerId, await staff.ReadAsync(ct), count + 1);
        var entries = new List<TimelineEntry>();
        foreach (var kind in Kinds(filter)) entries.AddRange(await sources.ReadAsync(kind, after?.For(kind), ct));
        entries.Sort((a, b) => TimelineCursor.Compare(b, a));
        var page = entries.Take(count).ToList();
        return new TimelinePage(await sources.WithItemsAsync(page, ct), entries.Count > count);
    }

    private static TimelineKind[] Kinds(TimelineFilter filter) => filter switch
    {
        TimelineFilter.All => Enum.GetValues<TimelineKind>(),
        TimelineFilter.Sales => [TimelineKind.Order, TimelineKind.Return],
        TimelineFilter.Points => [TimelineKind.Points],
        TimelineFilter.Notes => [TimelineKind.Note],
        TimelineFilter.Consent => [TimelineKind.Consent, TimelineKind.Withdrawal],
    };
}
