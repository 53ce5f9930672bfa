using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Crm.Web.Tests.Ground;

/// <summary>Opens pages and sends their forms as a browser without scripts does; fields are named by their labels.</summary>
public sealed class TestBrowser(HttpClient client, bool isTab = false) : IDisposable
{
    private static readonly IBrowsingContext Reader = BrowsingContext.New(Configuration.Default);

    private string path = "/";

    /// <summary>The last answer.</summary>
    public HttpResponseMessage Answer { get; private set; } = new();

    /// <summary>Its document.</summary>
    public IDocument Page { get; private set; } = null!;

    public HttpStatusCode Status => Answer.StatusCode;

    /// <summary>Where the last answer leads to: a path on this host, the whole address on another; null when it is no redirect.</summary>
    public string? Location => Answer.Headers.Location is not { } location ? null
        : new Uri(Here, location) is var to && to.GetLeftPart(UriPartial.Authority) == Here.GetLeftPart(UriPartial.Authority) ? to.PathAndQuery : to.ToString();

    private Uri Here => client.BaseAddress!;

    /// <summary>What a person reads.</summary>
    public string Text => Page.QuerySelector("main")?.TextContent ?? Page.Body!.TextContent;

    /// <summary>The cookies that the last answer sets, as they were written.</summary>
    public IReadOnlyList<string> SetCookies => Answer.Headers.TryGetValues("Set-Cookie", out var all) ? [.. all] : [];

    public async Task GoAsync(string to)
    {
        path = to;
        await TakeAsync(await client.GetAsync(new Uri(to, UriKind.RelativeOrAbsolute)));
    }

    /// <summary>Goes where the last answer led.</summary>
    public Task FollowAsync() => GoAsync(Location ?? throw new InvalidOperationException($"{path} answered {(int)Status} and led nowhere."));

    /// <summary>Fills fields in and presses a button.</summary>
    public Task SubmitAsync(string button, params (string Label, string Value)[] fields)
    {
        var form = Page.QuerySelectorAll("button").Single(b => b.TextContent.Trim() == button).Closest("form")!;
        var values = form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>()
            .Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked)
            .ToDictionary(i => i.Name!, i => i.Value);
        foreach (var (label, value) in fields) values[Control(label).GetAttribute("name")!] = value;
        return SendAsync(form.GetAttribute("action") ?? path, values, from: new Uri(Here, path));
    }

    /// <summary>Another tab of this browser, with its cookies.</summary>
    public TestBrowser Tab() => new(client, isTab: true);

    /// <summary>Shows what another browser shows, without its cookies.</summary>
    public void Show(TestBrowser other) => (path, Page) = (other.path, other.Page);

    /// <summary>Asks for the headers of a page alone.</summary>
    public async Task<HttpResponseMessage> HeadAsync(string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(to, UriKind.RelativeOrAbsolute));
        return await client.SendAsync(request);
    }

    /// <summary>Sends a form that no page offered.</summary>
    public Task PostAsync(string to, IEnumerable<KeyValuePair<string, string>> values) => SendAsync(to, values, from: null);

    /// <summary>The field of a label.</summary>
    public IHtmlInputElement Control(string label) =>
        (IHtmlInputElement)Page.QuerySelectorAll("label").OfType<IHtmlLabelElement>().Single(l => l.TextContent.Trim() == label).Control!;

    /// <summary>What is said to be wrong with a field, or null.</summary>
    public string? Complaint(string label) =>
        Control(label).GetAttribute("aria-invalid") == "true" ? Page.GetElementById(Control(label).GetAttribute("aria-describedby")!)!.TextContent.Trim() : null;

    /// <summary>What the page says went wrong, as a whole.</summary>
    public string? Alert => Page.QuerySelector(".msg[role=alert]")?.TextContent.Trim();

    public void Dispose()
    {
        if (!isTab) client.Dispose();
    }

    private async Task SendAsync(string to, IEnumerable<KeyValuePair<string, string>> values, Uri? from)
    {
        path = to;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, UriKind.RelativeOrAbsolute)) { Content = new FormUrlEncodedContent(values) };
        if (from is not null)
        {
            request.Headers.Referrer = from;
            request.Headers.Add("Origin", from.GetLeftPart(UriPartial.Authority));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
        }
        await TakeAsync(await client.SendAsync(request));
    }

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        Page = await Reader.OpenAsync(async request => request.Content(await answer.Content.ReadAsStringAsync()).Address(new Uri(Here, path)));
    }
}
