using System.Net;
using Crm.Data.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Access;

/// <summary>Every endpoint of the API, by every method, against everybody who may call, with and without a token.</summary>
[Trait("contract", "M-040")]
[Trait("contract", "M-043")]
[Trait("contract", "M-045")]
[Trait("contract", "M-046")]
public sealed class ApiMatrixTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    // That somebody called, and when a session was last seen, is no change of anything.
    private static readonly string[] Bookkeeping = ["RateCounters", "Sessions"];

    [Fact]
    public async Task Every_method_of_every_route_has_a_row_and_every_row_a_route()
    {
        await using var site = await TestSite.OpenAsync(DatabaseKind.Sqlite);
        var mapped = (
            from endpoint in site.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where ApiRows.IsForPrograms(endpoint)
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any method"]
            select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}").ToList();
        var rows = ApiRows.All.Select(r => r.ToString()).ToList();

        Faults.None(mapped.Except(rows).Select(route => $"{route} has no row in {nameof(ApiRows)}."));
        Faults.None(rows.Except(mapped).Select(route => $"{route} stands in {nameof(ApiRows)} and is mapped nowhere."));
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_not_is_refused_in_words_that_tell_nothing_and_nothing_changes(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var faults = new List<string>();
        foreach (var visitor in Enum.GetValues<Visitor>())
        {
            using var program = await ComeAsync(site, visitor);
            var refusal = visitor is Visitor.Anonymous or Visitor.Deactivated ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
            await using var db = site.Open();
            var before = await TableContents.ReadAsync(db, Bookkeeping);
            foreach (var row in ApiRows.All.Where(r => !r.Who.Allows(visitor)))
            {
                var answer = await CallAsync(program, row, TestPeople.CustomerB.UserId);
                if (answer.Status != refusal) faults.Add($"{row} is for {row.Who.Words}, but {visitor} got {answer}.");
                if (Tells(answer)) faults.Add($"{row} tells {visitor} of customer B: {answer}.");
            }
            faults.AddRange((await TableContents.ReadAsync(db, Bookkeeping)).Where(t => before[t.Key] != t.Value).Select(t => $"{t.Key} changed while {visitor} was refused."));
        }
        Faults.None(faults);
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_is_let_through_and_reads_of_customer_B_only_where_that_is_their_work(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var faults = new List<string>();
        foreach (var visitor in Enum.GetValues<Visitor>())
        {
            foreach (var row in ApiRows.All.Where(r => r.Who.Allows(visitor)))
            {
                using var program = await ComeAsync(site, visitor);
                var somebody = row.Route.Contains("{id}", StringComparison.Ordinal) ? await ApiThings.AddAsync(site, row.Route, visitor) : Guid.Empty;
                var answer = await CallAsync(program, row, somebody);
                var refused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;
                if ((int)answer.Status >= 500 || row.Who != Who.Anybody && refused) faults.Add($"{row} is for {row.Who.Words}, but {visitor} got {answer}.");
                if (Tells(answer) && visitor is not (Visitor.CustomerB or Visitor.Owner)) faults.Add($"{row} tells {visitor} of customer B: {answer}.");
            }
        }
        Faults.None(faults);
    }

    [Theory, BothDatabases]
    public async Task A_method_that_is_not_mapped_does_nothing_for_anybody(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var faults = new List<string>();
        foreach (var visitor in new[] { Visitor.Anonymous, Visitor.CustomerA, Visitor.Owner })
        {
            using var program = await ComeAsync(site, visitor);
            await using var db = site.Open();
            var before = await TableContents.ReadAsync(db, Bookkeeping);
            foreach (var route in ApiRows.All.Select(r => r.Route).Distinct())
            {
                foreach (var method in Methods.Where(m => ApiRows.All.All(r => r.Method != m || r.Route != route)))
                {
                    var answer = await CallAsync(program, new ApiRow(method, route, Who.Nobody, new { role = "admin" }), TestPeople.CustomerB.UserId);
                    // A word such as my_leads is nobody's id: whoever may not write any lead is told so first.
                    if (answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden)) faults.Add($"{method} {route} is not mapped, but {visitor} got {answer}.");
                }
            }
            faults.AddRange((await TableContents.ReadAsync(db, Bookkeeping)).Where(t => before[t.Key] != t.Value).Select(t => $"{t.Key} changed by methods that are not there, for {visitor}."));
        }
        Faults.None(faults);
    }

    private static Task<ApiAnswer> CallAsync(TestProgram program, ApiRow row, Guid id)
    {
        var address = row.Route.Replace("{id}", id.ToString(), StringComparison.Ordinal).Replace("{token}", "words", StringComparison.Ordinal);
        Assert.DoesNotContain("{", address, StringComparison.Ordinal);
        return program.SendAsync(new HttpMethod(row.Method), address, row.Method == "GET" ? null : row.Body ?? new { });
    }

    private static bool Tells(ApiAnswer answer) =>
        new[] { TestPeople.CustomerB.LastName, TestPeople.CustomerB.UserName }.Any(words => answer.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one who was switched off still holds the token of before.</summary>
    private static async Task<TestProgram> ComeAsync(TestSite site, Visitor visitor)
    {
        var program = await site.CallerAsync(visitor is Visitor.Deactivated ? TestPeople.OtherAgent : Who.PersonOf(visitor));
        if (visitor is not Visitor.Deactivated) return program;
        await using (var db = site.Open())
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.OtherAgent.UserId, Ct)).IsActive = false;
            await db.SaveChangesAsync(Ct);
        }
        await site.HearAsync();
        return program;
    }
}
