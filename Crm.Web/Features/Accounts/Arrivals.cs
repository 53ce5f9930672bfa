using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>Lets a browser in whose user has proved who they are: session, cookie, and a mail when the device is a new one.</summary>
public sealed partial class Arrivals(
    IDbContextFactory<CrmDbContext> contexts, SessionRegister register, SessionKeeper sessions, DeviceCookie devices, Mailer mailer,
    IHttpContextAccessor http, TimeProvider clock, ILogger<Arrivals> logger)
{
    private const string SessionsPath = "/account/sessions";

    /// <param name="method">How they proved it, one of <see cref="SignInMethods"/>.</param>
    /// <returns>False when the account was switched off, or got another password, since they proved it.</returns>
    public async Task<bool> LetInAsync(Proved who, string method, CancellationToken ct)
    {
        var userId = who.UserId;
        var context = http.HttpContext ?? throw new InvalidOperationException("A browser signs in by a request.");
        var device = devices.Keep(context);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        if (await register.BeginAsync(db, who, SessionKind.Browser, SessionOrigin.Of(context), lasts: null, ct) is not { } session) return false;
        if (!await IsKnownAsync(db, userId, device, ct) && user.LastSignInAt is not null) TellOf(db, user, session);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        LogSignedIn(userId, method);
        await sessions.HandOutAsync(userId, session.Id, method, ct);
        return true;
    }

    /// <summary>Whether the account was signed in to from this browser within the last year; from now on it was.</summary>
    private async Task<bool> IsKnownAsync(CrmDbContext db, Guid userId, byte[] device, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var longAgo = now - DeviceCookie.Lasts;
        await db.KnownDevices.Where(d => d.UserId == userId && d.LastSeenAt < longAgo).ExecuteDeleteAsync(ct);
        if (await db.KnownDevices.Where(d => d.UserId == userId && d.Hash == device).ExecuteUpdateAsync(set => set.SetProperty(d => d.LastSeenAt, now), ct) > 0) return true;
        db.KnownDevices.Add(new KnownDevice { UserId = userId, Hash = device, FirstSeenAt = now, LastSeenAt = now });
        return false;
    }

    private void TellOf(CrmDbContext db, User user, Session session)
    {
        if (user.Email is { } email)
            mailer.Post(db, $"new-sign-in:{session.Id}", email, user.DisplayName,
                new NewSignInMail(user.FirstName, session.StartedAt, session.Device ?? "An unknown device", session.Ip, SessionsPath));
    }

    [LoggerMessage(LogLevel.Information, "Signed in {UserId} by {Method}")]
    private partial void LogSignedIn(Guid userId, string method);
}
