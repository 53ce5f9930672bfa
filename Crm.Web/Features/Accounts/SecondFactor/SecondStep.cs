using System.Globalization;
using System.Security.Cryptography;
using Crm.Web.Features.Accounts.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Remembers for a few minutes, in this browser alone, whose password was right, until the code comes.</summary>
public sealed class SecondStep(
    IDataProtectionProvider protection, AccountStates accounts, IHttpContextAccessor http, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>How long the code may take.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly IDataProtector protector = protection.CreateProtector("Accounts.SecondStep");

    private string Name => CookieNames.Of("second-step", environment);

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("A browser signs in by a request.");

    /// <summary>After the password.</summary>
    public void Begin(Proved who)
    {
        var until = (clock.GetUtcNow() + Lasts).UtcTicks;
        Context.Response.Cookies.Append(Name, protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until}|{who.UserId}|{who.Stamp}")), Cookie());
    }

    /// <summary>Who is in between; null when nobody is, the time is over, or the password was changed meanwhile.</summary>
    public async Task<Proved?> WhoAsync(CancellationToken ct)
    {
        if (Read() is not [var until, var id, var stamp]
            || !long.TryParse(until, CultureInfo.InvariantCulture, out var ticks) || clock.GetUtcNow().UtcTicks >= ticks
            || !Guid.TryParse(id, out var userId)) return null;
        return await accounts.ReadAsync(userId, ct) is { IsActive: true } account && account.Stamp == stamp ? new Proved(userId, stamp) : null;
    }

    public void End() => Context.Response.Cookies.Delete(Name, Cookie());

    private string[]? Read()
    {
        try
        {
            return Context.Request.Cookies[Name] is { } value ? protector.Unprotect(value).Split('|', 3) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Cookie() => new()
    {
        HttpOnly = true,
        Secure = !environment.IsDevelopment() || Context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        Path = "/",
    };
}
