using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Crm.Web.Tests.Ground;

/// <summary>Opens pages and sends their forms as a browser without scripts does; fields are named by their labels.</summary>
public sealed class TestBrowser(HttpClient client) : IDisposable
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
        return PostAsync(form.GetAttribute("action") ?? path, values);
    }

    /// <summary>Sends a form that no page offered.</summary>
    public async Task PostAsync(string to, IEnumerable<KeyValuePair<string, string>> values)
    {
        path = to;
        await TakeAsync(await client.PostAsync(new Uri(to, UriKind.RelativeOrAbsolute), new FormUrlEncodedContent(values)));
    }

    /// <summary>The field of a label.</summary>
    public IHtmlInputElement Control(string label) =>
        (IHtmlInputElement)Page.QuerySelectorAll("label").OfType<IHtmlLabelElement>().Single(l => l.TextContent.Trim() == label).Control!;

    /// <summary>What is said to be wrong with a field, or null.</summary>
    public string? Complaint(string label) =>
        Control(label).GetAttribute("aria-invalid") == "true" ? Page.GetElementById(Control(label).GetAttribute("aria-describedby")!)!.TextContent.Trim() : null;

    /// <summary>What the page says went wrong, as a whole.</summary>
    public string? Alert => Page.QuerySelector(".msg[role=alert]")?.TextContent.Trim();

    public void Dispose() => client.Dispose();

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        Page = await Reader.OpenAsync(async request => request.Content(await answer.Content.ReadAsStringAsync()).Address(new Uri(Here, path)));
    }
}
