using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts;

/// <summary>Lets a browser in whose user has proved who they are: session, cookie, and a mail when the device is a new one.</summary>
public sealed partial class Arrivals(
    IDbContextFactory<CrmDbContext> contexts, SessionRegister register, SessionKeeper sessions, DeviceCookie devices, DeviceNews news,
    CurrentActor actor, IHttpContextAccessor http, ILogger<Arrivals> logger)
{
    /// <summary>By what this browser was known before; null for one that was not.</summary>
    internal byte[]? Device => http.HttpContext is { } context ? devices.Known(context) : null;

    /// <param name="method">How they proved it, one of <see cref="SignInMethods"/>.</param>
    /// <returns>False when the account was switched off, or got another password, since they proved it.</returns>
    public async Task<bool> LetInAsync(Proved who, string method, CancellationToken ct)
    {
        var (context, userId) = (Context, who.UserId);
        var device = devices.Keep(context);
        // Sent twice, a form may bring the same new device at the same moment: whichever comes second finds it known.
        var begun = await AccountWrite.RunAsync<(SignInAccount Account, Guid SessionId)>(contexts, async db =>
        {
            var account = who.Account ?? await SignInAccounts.ReadAsync(db, userId, ct);
            if (account is null || await register.BeginAsync(db, who, SessionKind.Browser, SessionOrigin.Of(context), lasts: null, ct) is not { } session) return new ForbiddenError();
            if (actor.SessionId is { } before) await register.EndAsync(db, before, ct); // this browser is theirs from now on
            await news.NoteAsync(db, account, session, device, ct);
            return (account, session.Id);
        }, ct);
        if (begun.Failed(out _, out var arrived)) return false;
        LogSignedIn(userId, method);
        await sessions.HandOutAsync(arrived.Account, arrived.SessionId, method, ct);
        return true;
    }

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("A browser signs in by a request.");

    [LoggerMessage(LogLevel.Information, "Signed in {UserId} by {Method}")]
    private partial void LogSignedIn(Guid userId, string method);
}
