using System.Net;
using Crm.Web.Tests.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Api;

/// <summary>Calls that the tests of the leads' API make again and again.</summary>
static class ApiCalls
{
    /// <summary>As the agent, who is Ama.</summary>
    public static Task<TestProgram> AgentAsync(this TestSite site) => site.CallerAsync(TestPeople.Agent);

    public static Task<ApiAnswer> PutAsync(this TestProgram program, string path, object body) => program.SendAsync(HttpMethod.Put, path, body);
    public static Task<ApiAnswer> PatchAsync(this TestProgram program, string path, object body) => program.SendAsync(HttpMethod.Patch, path, body);
    public static Task<ApiAnswer> DeleteAsync(this TestProgram program, string path) => program.SendAsync(HttpMethod.Delete, path);

    /// <summary>Adds a record that can be taken; its id.</summary>
    public static async Task<string> AddAsync(this TestProgram program, string path, object body)
    {
        var answer = await program.PostAsync(path, body);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.ToString());
        return answer["id"]!;
    }

    public static Task<string> LeadAsync(this TestProgram program, string name, string status = "new", string priority = "medium", decimal? value = null) =>
        program.AddAsync("/api/leads/", new { name, email = "lead@mail.example", status, priority, estimated_value = value });

    public static Task<string> ContactAsync(this TestProgram program, string lead, string name = "Kwame") =>
        program.AddAsync("/api/contacts/", new { lead, name, email = "kwame@mail.example" });

    /// <summary>The values of one field down a page of a list.</summary>
    public static async Task<string[]> ColumnAsync(this TestProgram program, string path, string field = "name")
    {
        var answer = await program.GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        var rows = answer.Json.ValueKind is System.Text.Json.JsonValueKind.Array ? answer.Json : answer.Json.GetProperty("results");
        return [.. rows.EnumerateArray().Select(r => r.GetProperty(field).ToString())];
    }

    public static void Is(this ApiAnswer answer, HttpStatusCode status, string text) => Assert.Equal((status, text), (answer.Status, answer.Text));
}
