using Microsoft.Net.Http.Headers;

namespace Crm.Web.Platform.Web;

/// <summary>For a page whose address holds a secret: no other page is told the address, and nothing keeps the answer.</summary>
public static class SecretAddress
{
    /// <summary>Call before the answer starts.</summary>
    public static void KeepAddressSecret(this HttpContext context)
    {
        if (context.Response.HasStarted) return;
        context.Response.Headers[SecurityHeaders.ReferrerPolicy] = "no-referrer";
        // As antiforgery writes it where there is a form, which would otherwise complain.
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache, no-store";
        context.Response.Headers[HeaderNames.Pragma] = "no-cache";
    }
}
