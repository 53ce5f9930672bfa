using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Messaging.Mails;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Remembers from where an account is signed in to, and writes to its owner when that is somewhere new.</summary>
public sealed class DeviceNews(Mailer mailer, TimeProvider clock)
{
    private const string SessionsPath = "/account/sessions";

    /// <summary>How exact it is when a device was last seen: a sign-in from one that was seen since writes nothing.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromDays(1);

    /// <summary>Posted into the caller's write, after the session was begun in it. The first sign-in of an account is no news.</summary>
    /// <param name="account">As it was before the session was begun.</param>
    /// <param name="device">SHA-256 of what the browser or program is known by.</param>
    public async Task NoteAsync(CrmDbContext db, SignInAccount account, Session session, byte[] device, CancellationToken ct)
    {
        if (account.DeviceSeenAt > session.StartedAt - Exactness) return;
        if (await IsKnownAsync(db, account.Id, device, ct) || account.Facts.LastSignInAt is null || account.Email is not { Length: > 0 } email) return;
        mailer.Post(db, $"new-sign-in:{session.Id}", email, account.DisplayName,
            new NewSignInMail(account.Facts.FirstName, session.StartedAt, session.Device ?? "An unknown device", session.Ip, SessionsPath));
    }

    /// <summary>Whether it was signed in from within the last year; from now on it was.</summary>
    public async Task<bool> IsKnownAsync(CrmDbContext db, Guid userId, byte[] device, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var longAgo = now - DeviceCookie.Lasts;
        if (await db.KnownDevices.Where(d => d.UserId == userId && d.Hash == device && d.LastSeenAt >= longAgo)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LastSeenAt, now), ct) > 0) return true;
        await db.KnownDevices.Where(d => d.UserId == userId && d.LastSeenAt < longAgo).ExecuteDeleteAsync(ct);
        db.KnownDevices.Add(new KnownDevice { UserId = userId, Hash = device, FirstSeenAt = now, LastSeenAt = now });
        return false;
    }
}
