using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/audit-logs/, also /api/auditlogs/, and the trail of one lead or contact: to read, for whoever may.</summary>
static class AuditLogResource
{
    private const int MostBare = 1000;

    public static void MapAuditLogs(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "/api/audit-logs", "/api/auditlogs" })
        {
            var group = routes.MapApi(prefix).WithTags("Audit log").RequireAuthorization(nameof(Permission.SeeAuditLog));
            group.MapGet("/", PageAsync).WithSummary("Who changed what, newest first").Produces<ApiPage<AuditLogAnswer>>();
            group.MapGet("/{id}/", FindAsync).WithSummary("One change").Produces<AuditLogAnswer>();
        }
        var one = routes.MapApi("/api").WithTags("Audit log").RequireAuthorization(nameof(Permission.SeeAuditLog));
        one.MapGet("/leads/{id}/audit_log/", async (string id, HttpContext context, LeadLists leads, AuditLogs logs, ApiPeople people, CancellationToken ct) =>
            Guid.TryParse(id, out var leadId) && (await leads.FindAsync(leadId, ct)).Error is null ? await BareAsync(nameof(Lead), leadId, context, logs, people, ct) : ApiErrors.NotFound())
            .WithSummary("What happened to a lead").Produces<AuditLogAnswer[]>();
        one.MapGet("/contacts/{id}/audit_log/", async (string id, HttpContext context, ContactLists contacts, AuditLogs logs, ApiPeople people, CancellationToken ct) =>
            Guid.TryParse(id, out var contactId) && (await contacts.FindAsync(contactId, ct)).Error is null ? await BareAsync(nameof(LeadContact), contactId, context, logs, people, ct) : ApiErrors.NotFound())
            .WithSummary("What happened to a contact").Produces<AuditLogAnswer[]>();
    }

    private static async Task<IResult> PageAsync(HttpRequest request, AuditLogs logs, ApiPeople people, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        await filters.CheckPersonAsync("user", people, ct);
        var filter = new AuditFilter(filters.Key("user"), filters.Choice("action", AuditRow.ActionOf), filters.Text("model_name") is { } model ? AuditRow.TypeOf(model) : null);
        if (filters.Refusal is { } refusal) return refusal;
        if ((await logs.PageAsync(filter, ApiLists.Read(request), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.ActorId, ct);
        return ApiLists.Answer(request, page, row => row.Answer(known));
    }

    private static async Task<IResult> FindAsync(string id, AuditLogs logs, ApiPeople people, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var entryId) || (await logs.FindAsync(entryId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return ApiJson.Ok(row.Answer(await people.OfAsync([row.ActorId], ct)));
    }

    private static async Task<IResult> BareAsync(string type, Guid id, HttpContext context, AuditLogs logs, ApiPeople people, CancellationToken ct)
    {
        if ((await logs.PageAsync(new AuditFilter(Type: type, EntityId: id), ApiLists.Bare(context.Request, MostBare), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.ActorId, ct);
        return ApiLists.Bare(context, page, row => row.Answer(known));
    }
}
