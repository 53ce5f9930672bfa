using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>Lets a browser in whose user has proved who they are: session, cookie, and a mail when the device is a new one.</summary>
public sealed partial class Arrivals(
    IDbContextFactory<CrmDbContext> contexts, SessionRegister register, SessionKeeper sessions, DeviceCookie devices, DeviceNews news,
    IHttpContextAccessor http, ILogger<Arrivals> logger)
{
    /// <param name="method">How they proved it, one of <see cref="SignInMethods"/>.</param>
    /// <returns>False when the account was switched off, or got another password, since they proved it.</returns>
    public async Task<bool> LetInAsync(Proved who, string method, CancellationToken ct)
    {
        var userId = who.UserId;
        var context = http.HttpContext ?? throw new InvalidOperationException("A browser signs in by a request.");
        var device = devices.Keep(context);
        // Sent twice, a form may bring the same new device at the same moment: whichever comes second finds it known.
        var begun = await AccountWrite.RunAsync<Guid>(contexts, async db =>
        {
            var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
            if (await register.BeginAsync(db, who, SessionKind.Browser, SessionOrigin.Of(context), lasts: null, ct) is not { } session) return new ForbiddenError();
            await news.NoteAsync(db, user, session, device, ct);
            return session.Id;
        }, ct);
        if (begun.Failed(out _, out var sessionId)) return false;
        LogSignedIn(userId, method);
        await sessions.HandOutAsync(userId, sessionId, method, ct);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Signed in {UserId} by {Method}")]
    private partial void LogSignedIn(Guid userId, string method);
}
