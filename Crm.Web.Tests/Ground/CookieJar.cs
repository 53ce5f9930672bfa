using Microsoft.Net.Http.Headers;

namespace Crm.Web.Tests.Ground;

/// <summary>Keeps the cookies of one host as a browser does, by the clock of the test.</summary>
sealed class CookieJar(TimeProvider clock) : DelegatingHandler
{
    private readonly Dictionary<string, SetCookieHeaderValue> kept = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = kept.Values.Where(c => (c.Expires is null || c.Expires > clock.GetUtcNow()) && (!c.Secure || request.RequestUri!.Scheme == "https")).ToList();
        if (sent.Count > 0) request.Headers.Add("Cookie", string.Join("; ", sent.Select(c => $"{c.Name}={c.Value}")));
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in SetCookieHeaderValue.ParseList([.. set])) kept[cookie.Name.Value!] = cookie;
        return answer;
    }
}
