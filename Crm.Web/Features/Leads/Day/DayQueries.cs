using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Day;

/// <summary>
/// What waits for somebody today: reminders and next steps, leads that are being forgotten, leads that were given to them. Two statements
/// whatever there is, and none of them reads more of an index than it shows or counts.
/// </summary>
public sealed class DayQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, OwnClock clock, Shop shop)
{
    /// <summary>Rows of each list.</summary>
    public const int Rows = 5;

    /// <summary>More are "999+".</summary>
    public const int MostCounted = 1_000;

    /// <summary>For so long a lead that was given to somebody is new to them.</summary>
    public const int GivenDays = 14;

    /// <summary>The day's work of whoever asks.</summary>
    /// <param name="everybody">Of the whole shop, for owner and managers; others get their own.</param>
    public async Task<Result<DayWork>> ReadAsync(bool everybody, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (actor.UserId is not { } me) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var parts = Parts(db, everybody, me);
        var roster = await staff.ReadAsync(ct);
        var counts = await parts.Counts(me).SingleAsync(ct);
        var found = counts.IsNothing ? [] : await parts.Rows().ToListAsync(ct);
        return new DayWork(counts, [.. found.GroupBy(f => f.List).OrderBy(g => g.Key)
            .SelectMany(g => ((DayList)g.Key is DayList.Given ? g.OrderByDescending(f => f.At) : g.OrderBy(f => f.At)).ThenBy(f => f.LeadId).Take(Rows)).Select(f => f.ToRow(roster))]);
    }

    internal DayParts Parts(CrmDbContext db, bool everybody, Guid me) =>
        new(db, db.Leads.AsNoTracking().SeenBy(actor), actor.May(Permission.SeeAllLeads), everybody && actor.IsManagement ? null : me, DayBorders.Of(clock, shop));
}

/// <summary>The instants that part late from today and today from later, all UTC.</summary>
/// <param name="WholeToday">Stands for a next step that is meant for today without an hour, and <paramref name="WholeTomorrow"/> for tomorrow's.</param>
sealed record DayBorders(DateTime Now, DateTime End, DateTime WholeToday, DateTime WholeTomorrow, DateTime GivenSince, StaleBorders Stale)
{
    public static DayBorders Of(OwnClock clock, Shop shop)
    {
        var (now, today) = (clock.UtcNow, clock.Today);
        return new(now, clock.StartOf(today.AddDays(1)), clock.ToUtc(today, null), clock.ToUtc(today.AddDays(1), null), now.AddDays(-DayQueries.GivenDays), shop.Pipeline.BordersAt(now));
    }
}
