using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>The cookie that a session is: for this host alone, out of reach of scripts, for a fixed number of hours.</summary>
sealed class SessionCookie(IHostEnvironment environment, IOptions<AccountsOptions> accounts) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>Where somebody goes who has to sign in first.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>Where somebody goes who may not see what they asked for.</summary>
    public const string RefusedPath = "/account/refused";

    public const string ReturnUrlParameter = "returnUrl";

    public void Configure(CookieAuthenticationOptions options) => Configure(null, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieNames.SecureIn(environment);
        if (name == IdentityConstants.TwoFactorUserIdScheme) options.Cookie.Name = CookieNames.Of("passkey", environment);
        if (name != IdentityConstants.ApplicationScheme) return;

        options.Cookie.Name = CookieNames.Of("session", environment);
        options.ExpireTimeSpan = TimeSpan.FromHours(accounts.Value.SessionHours);
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
        options.AccessDeniedPath = RefusedPath;
        options.ReturnUrlParameter = ReturnUrlParameter;
        options.EventsType = typeof(SessionCookieEvents);
    }
}
