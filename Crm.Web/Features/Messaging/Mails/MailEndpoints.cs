namespace Crm.Web.Features.Messaging.Mails;

/// <summary>While developing: a landed mail as its reader sees it, in a frame that may do nothing but follow a link.</summary>
public static class MailEndpoints
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'self'; sandbox allow-top-navigation-by-user-activation";

    public static WebApplication MapMails(this WebApplication app)
    {
        if (app.Environment.IsDevelopment()) app.MapGet("/dev/mail/{name}.html", ShowAsync).AllowAnonymous();
        return app;
    }

    private static async Task<IResult> ShowAsync(string name, MailFolder folder, HttpResponse response, CancellationToken ct)
    {
        if (await folder.FindAsync(name, ct) is not { } landed) return TypedResults.NotFound();
        response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(landed.Mail.Html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.Ordinal), "text/html; charset=utf-8");
    }
}
