using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Crm.Web.Tests.Ground;

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The names of the object, in order.</summary>
    public IReadOnlyList<string> Names => [.. Json.EnumerateObject().Select(p => p.Name)];

    public string? this[params string[] path] => path.Aggregate(Json, (at, name) => at.GetProperty(name)).ToString();

    public override string ToString() => $"{(int)Status} {Text}";
}

/// <summary>Calls the API as a program does.</summary>
public sealed class TestProgram(HttpClient client) : IDisposable
{
    /// <summary>Sent as the Authorization header's Bearer.</summary>
    public string? Access { get; set; }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    /// <param name="body">An object, or the text of a body.</param>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, type);
        return SendAsync(request);
    }

    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        if (Access is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Access);
        var answer = await client.SendAsync(request);
        return new ApiAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    public void Dispose() => client.Dispose();
}
