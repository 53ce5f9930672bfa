using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>The cookie that proves that a form came from the shop's own page.</summary>
sealed class AntiforgeryCookie(IHostEnvironment environment) : IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(AntiforgeryOptions options) => options.Cookie = new Builder(environment.IsDevelopment())
    {
        Name = CookieNames.Of("forms", environment),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
    };

    // CookieSecurePolicy.Always would make every page with a form fail where TLS ends before the application.
    private sealed class Builder(bool plainToo) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = !plainToo || context.Request.IsHttps;
            return options;
        }
    }
}
