using Crm.Web.Features.Accounts.Tokens;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>A random value by which a browser is known again at the next sign-in; it opens nothing.</summary>
public sealed class DeviceCookie(IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>How long a browser is remembered after a sign-in.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(365);

    private string Name => CookieNames.Of("device", environment);

    /// <summary>SHA-256 of this browser's value; null when it has none.</summary>
    public byte[]? Known(HttpContext context) => context.Request.Cookies[Name] is { } known && SecretToken.IsWhole(known) ? SecretToken.HashOf(known) : null;

    /// <summary>SHA-256 of this browser's value, which is made when it has none, and kept for another year.</summary>
    public byte[] Keep(HttpContext context)
    {
        var value = context.Request.Cookies[Name] is { } known && SecretToken.IsWhole(known) ? known : SecretToken.New();
        context.Response.Cookies.Append(Name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = !environment.IsDevelopment() || context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            Path = "/",
            Expires = clock.GetUtcNow() + Lasts,
        });
        return SecretToken.HashOf(value);
    }
}
