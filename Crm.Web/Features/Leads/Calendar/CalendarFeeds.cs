using System.Security.Cryptography;
using System.Text;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>Whether one's feed is on.</summary>
/// <param name="CreatedAt">UTC, of the address that works; null while it is off.</param>
/// <param name="ReadAt">UTC, when a calendar program last read it, to the hour.</param>
public sealed record FeedState(DateTime? CreatedAt, DateTime? ReadAt)
{
    public bool IsOn => CreatedAt is not null;
}

/// <summary>Two windows of the same person made an address at once; one of them works.</summary>
public sealed record FeedJustMade() : ConflictError("Another window made an address just now. Make a new one if you did not copy it.");

/// <summary>The secret address of one's own calendar feed. It is told once, when it is made, and kept only as a hash.</summary>
public sealed class CalendarFeeds(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const int SecretBytes = 32;

    /// <summary>Whether there is one.</summary>
    public async Task<Result<FeedState>> StateAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.CalendarFeeds.AsNoTracking().Where(f => f.UserId == actor.UserId).Select(f => new FeedState(f.CreatedAt, f.ReadAt)).SingleOrDefaultAsync(ct) ?? new FeedState(null, null);
    }

    /// <summary>Makes an address; the one before it works no more.</summary>
    /// <returns>Its path, told now and never again, or <see cref="FeedJustMade"/>.</returns>
    public async Task<Result<string>> MakeAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (actor.UserId is not { } me) return new ForbiddenError();
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.CalendarFeeds.SingleOrDefaultAsync(f => f.UserId == me, ct) is { } feed) (feed.TokenHash, feed.CreatedAt, feed.ReadAt) = (HashOf(secret), shop.Now, null);
        else db.CalendarFeeds.Add(new CalendarFeed { UserId = me, TokenHash = HashOf(secret), CreatedAt = shop.Now });
        db.Note<CalendarFeed>(me, "Made a new secret address for the calendar");
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (CrmDatabase.IsUniqueViolation(failure))
        {
            return new FeedJustMade();
        }
        return PathOf(secret);
    }

    /// <summary>Switches it off: its address answers nobody any more.</summary>
    public async Task<Result<Done>> EndAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.CalendarFeeds.SingleOrDefaultAsync(f => f.UserId == actor.UserId, ct) is not { } feed) return default(Done);
        db.CalendarFeeds.Remove(feed);
        db.Note<CalendarFeed>(feed.UserId, "Switched the calendar's secret address off");
        await db.SaveChangesAsync(ct);
        return default(Done);
    }

    internal static string PathOf(string secret) => $"/calendar/feed/{secret}.ics";

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
