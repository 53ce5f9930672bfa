using System.Security.Cryptography;
using System.Text;
using Crm.Web.Platform.ICalendar;
using Crm.Web.Platform.Limits;
using Microsoft.Net.Http.Headers;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>The feed that calendar programs read. They do not sign in: the secret in the address is the proof, so that guessing is limited.</summary>
static class CalendarEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/calendar/feed/{secret}.ics", [HttpMethods.Get, HttpMethods.Head], ReadAsync).AllowAnonymous();

    private static async Task<IResult> ReadAsync(string secret, HttpContext context, CalendarFeedReader feeds, RateLimits limits, CancellationToken ct)
    {
        var (request, answer) = (context.Request, context.Response);
        answer.Headers[HeaderNames.CacheControl] = "private, no-cache";
        answer.Headers["Referrer-Policy"] = "no-referrer";
        answer.Headers["X-Robots-Tag"] = "noindex";
        if (await limits.TakeAsync(RateLimit.CalendarFeed, RateLimits.Address(context.Connection.RemoteIpAddress), ct) is { } wait)
        {
            answer.Headers.RetryAfter = $"{wait.RetryAfterSeconds}";
            return TypedResults.Text(wait.Message, statusCode: StatusCodes.Status429TooManyRequests);
        }
        if (await feeds.ReadAsync(secret, ct) is not { } calendar) return TypedResults.Text("There is no calendar at this address.", statusCode: StatusCodes.Status404NotFound);

        var bytes = Encoding.UTF8.GetBytes(calendar);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        answer.GetTypedHeaders().ETag = tag;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        answer.Headers.ContentDisposition = "inline; filename=\"reminders.ics\"";
        return TypedResults.Bytes(bytes, IcsWriter.ContentType);
    }
}
