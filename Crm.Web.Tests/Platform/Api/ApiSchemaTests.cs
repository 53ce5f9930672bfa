using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Features.Accounts;
using Crm.Web.Tests.Features.Accounts.Bearer;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Platform.Api;

/// <summary>The API's description says of every address what it takes and gives, by the names of the wire.</summary>
public sealed partial class ApiSchemaTests(TestSites sites) : IClassFixture<TestSites>
{
    [Theory, BothDatabases]
    public async Task Every_address_tells_its_body_its_answers_and_its_parameters(DatabaseKind kind)
    {
        using var program = (await sites.OfAsync(kind)).Program();
        var document = (await program.GetAsync("/api/schema/")).Json;
        var faults = new List<string>();
        foreach (var (method, path, operation) in Operations(document)) faults.AddRange(Faults(document, method, path, operation).Select(fault => $"{method} {path} {fault}"));

        Assert.Empty(faults);
        Assert.InRange(Operations(document).Count(), 35, 1000);
        Assert.DoesNotContain(Operations(document).Single(o => o.Path.Contains("/verify-email/{", StringComparison.Ordinal)).Operation.GetProperty("responses").EnumerateObject(), a => a.Name == "404");
        Assert.Equal("date-time", Resolve(document, Answer(document, "get", "/api/v1/auth/me/")).GetProperty("properties").GetProperty("created_at").GetProperty("format").GetString());
    }

    [Theory, BothDatabases]
    public async Task What_is_answered_has_the_fields_that_are_described(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        var (customer, owner) = (await Given.AccountAsync(site.Open, Roles.Customer), await Given.AccountAsync(site.Open, Roles.Owner));
        await site.RecordAsync(customer);
        using var program = site.Program();
        var document = (await program.GetAsync("/api/schema/")).Json;
        var (byEmail, byName) = (new { email = customer.Email, password = Given.Password }, new { username = owner.UserName, password = Given.Password });

        await SameAsync("post", "/api/customers/login/", byEmail);
        program.Access = (await program.PostAsync("/api/customers/login/", byEmail))["tokens", "access"];
        foreach (var path in new[] { "/api/customers/profile/", "/api/customers/dashboard/", "/api/v1/auth/me/", "/api/auth/me/", "/api/customers/health/", "/healthz/", "/ready/", "/startup/", "/api/", "/api/v1/" })
            await SameAsync("get", path);
        await SameAsync("patch", "/api/customers/profile/", new { city = "Toronto" });
        await SameAsync("patch", "/api/v1/auth/me/", new { first_name = "Ama" });
        program.Access = null;
        await SameAsync("post", "/api/v1/auth/login/", byEmail);
        await SameAsync("post", "/api/auth/login/", byName);
        await SameAsync("post", "/api/token/", byName);
        var pair = await program.PostAsync("/api/token/", byName);
        await SameAsync("post", "/api/token/refresh/", new { refresh = pair["refresh"] });
        program.Access = (await program.PostAsync("/api/token/", byName))["access"];
        await SameAsync("get", "/api/users/");
        await SameAsync("post", "/api/users/", new { username = $"new-{kind}", role = "sales" });
        await SameAsync("post", "/api/v1/auth/logout/", new { });

        async Task SameAsync(string method, string path, object? body = null)
        {
            var answer = await program.SendAsync(new HttpMethod(method.ToUpperInvariant()), path, body);
            Assert.True(answer.Message.IsSuccessStatusCode, $"{method} {path}: {answer}");
            Compare(document, Answer(document, method, path), answer.Json, $"{method} {path}");
        }
    }

    private static bool IsFile(JsonElement answer) => answer.TryGetProperty("content", out var content) && content.TryGetProperty("text/csv", out _);

    private static IEnumerable<string> Faults(JsonElement document, string method, string path, JsonElement operation)
    {
        var answers = operation.GetProperty("responses").EnumerateObject().ToList();
        var good = answers.Where(a => a.Name[0] == '2').ToList();
        if (good.Count == 0) yield return "gives nothing";
        foreach (var answer in answers.Where(a => a.Name != "204" && !IsFile(a.Value)))
            if (!answer.Value.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var json) || !json.TryGetProperty("schema", out var schema)) yield return $"{answer.Name} has no schema";
            else foreach (var name in Names(document, schema).Where(n => !SnakeCase().IsMatch(n))) yield return $"{answer.Name}: {name}";

        var hasBody = operation.TryGetProperty("requestBody", out var body);
        if (method is "post" or "put" or "patch" && !hasBody) yield return "takes nothing";
        if (hasBody)
        {
            var names = Names(document, body.GetProperty("content").GetProperty("application/json").GetProperty("schema")).ToList();
            if (names.Count == 0) yield return "takes a body without fields";
            foreach (var name in names.Where(n => !SnakeCase().IsMatch(n))) yield return $"body: {name}";
            if (answers.All(a => a.Name != "400")) yield return "refuses no body";
        }
        var parameters = operation.TryGetProperty("parameters", out var told) ? told.EnumerateArray().Select(p => p.GetProperty("name").GetString()).ToList() : [];
        foreach (Match part in RouteParameter().Matches(path)) if (!parameters.Contains(part.Groups["name"].Value)) yield return $"does not tell of {part.Value}";
        var isOpen = operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;
        if (!isOpen && answers.All(a => a.Name != "401")) yield return "asks for a token and refuses none";
        if (path.StartsWith("/api/", StringComparison.Ordinal) && path.Count(c => c == '/') > 3 && answers.All(a => a.Name != "429")) yield return "knows no limit";
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select (operation.Name, path.Name, operation.Value);

    private static JsonElement Answer(JsonElement document, string method, string path) =>
        Operations(document).Single(o => o.Method == method && o.Path.Trim('/') == path.Trim('/')).Operation.GetProperty("responses").EnumerateObject()
            .First(a => a.Name[0] == '2').Value.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var any)) schema = any.EnumerateArray().First(s => s.TryGetProperty("$ref", out _) || s.TryGetProperty("properties", out _));
        return schema.TryGetProperty("$ref", out var reference) ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;
    }

    private static IEnumerable<string> Names(JsonElement document, JsonElement schema)
    {
        var at = Resolve(document, schema);
        if (at.TryGetProperty("items", out var items)) return Names(document, items);
        return at.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().SelectMany(p => Names(document, p.Value).Prepend(p.Name)) : [];
    }

    private static void Compare(JsonElement document, JsonElement schema, JsonElement answer, string where)
    {
        var at = Resolve(document, schema);
        if (answer.ValueKind is JsonValueKind.Array)
            foreach (var item in answer.EnumerateArray()) Compare(document, at.GetProperty("items"), item, where);
        if (answer.ValueKind is not JsonValueKind.Object) return;
        var told = at.GetProperty("properties").EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        Assert.Equal((where, string.Join(' ', told.Keys.Order())), (where, string.Join(' ', answer.EnumerateObject().Select(p => p.Name).Order())));
        foreach (var property in answer.EnumerateObject()) Compare(document, told[property.Name], property.Value, $"{where} {property.Name}");
    }

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex SnakeCase();

    [GeneratedRegex("\\{(?<name>[a-zA-Z]+)\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RouteParameter();
}
