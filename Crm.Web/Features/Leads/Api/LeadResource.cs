using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/leads/</summary>
static class LeadResource
{
    private const int LongestPhone = 20;

    private static readonly Dictionary<string, string> Names = new() { [nameof(LeadEdit.Value)] = "estimated_value" };

    public static void MapLeadResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/leads").WithTags("Leads").RequireAuthorization(Policies.Staff);
        group.MapGet("/", PageAsync).WithSummary("Leads, newest first").Produces<ApiPage<LeadRowAnswer>>();
        group.MapPost("/", AddAsync).WithSummary("Add a lead").Takes<LeadBody>().Produces<LeadAnswer>(StatusCodes.Status201Created);
        group.MapGet("/my_leads/", MineAsync).WithSummary("The leads that are yours").Produces<ApiPage<LeadAnswer>>();
        group.MapGet("/export/csv/", ExportAsync).WithSummary("Leads as a file").Produces<string>(StatusCodes.Status200OK, "text/csv").RequireAuthorization(nameof(Permission.Export));
        group.MapGet("/{id}/", FindAsync).WithSummary("One lead with all that belongs to it").Produces<LeadAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, LeadWriting writing, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
            ChangeAsync(id, body, whole: true, writing, lists, people, shop, ct)).WithSummary("Replace a lead").Takes<LeadBody>().Produces<LeadAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, LeadWriting writing, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
            ChangeAsync(id, body, whole: false, writing, lists, people, shop, ct)).WithSummary("Change part of a lead").Takes<LeadBody>().Produces<LeadAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Delete a lead with all that belongs to it").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PageAsync(HttpRequest request, LeadLists lists, ApiPeople people, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        var filter = await FilterAsync(filters, people, ct);
        if (filters.Refusal is { } refusal) return refusal;
        if ((await lists.PageAsync(filter, ApiLists.Read(request), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.OwnerId, ct);
        return ApiLists.Answer(request, page, row => row.Answer(known));
    }

    private static async Task<IResult> MineAsync(HttpRequest request, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        if ((await lists.MineAsync(ApiLists.Read(request), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.OfAsync(page.Rows.SelectMany(r => r.People), ct);
        return ApiLists.Answer(request, page, row => row.Answer(known, shop.Now));
    }

    private static async Task<IResult> ExportAsync(HttpRequest request, LeadFile file, ApiPeople people, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        var filter = await FilterAsync(filters, people, ct);
        if (filters.Refusal is { } refusal) return refusal;
        return file.Rows(filter, ct).Failed(out var error, out var rows) ? ApiErrors.Of(error) : CsvExport.Plain("leads_export.csv", file.Columns, rows, ct);
    }

    private static async Task<IResult> FindAsync(string id, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var leadId)) return ApiErrors.NotFound();
        return (await lists.FindAsync(leadId, ct)).Failed(out var refusal, out var lead) ? ApiErrors.Of(refusal) : ApiJson.Ok(await AnswerAsync(lead, people, shop, ct));
    }

    private static async Task<IResult> AddAsync(ApiBody body, LeadWriting writing, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var patch = await ReadAsync(fields, whole: true, people, ct);
        if (patch.OwnerId is null) patch.Assigns = false;
        if (fields.Refusal is { } refusal) return refusal;
        if ((await writing.CreateAsync(patch, ct)).Failed(out var error, out var leadId)) return ApiErrors.Of(error, Names);
        return ApiJson.Created(await AnswerAsync(await lists.SavedAsync(leadId, ct), people, shop, ct));
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, LeadWriting writing, LeadLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var leadId) || (await lists.FindAsync(leadId, ct)).Error is not null) return ApiErrors.NotFound();
        var fields = new FieldReader(body);
        var patch = await ReadAsync(fields, whole, people, ct);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await writing.ChangeAsync(leadId, patch, ct)).Failed(out var error, out _)) return ApiErrors.Of(error, Names);
        return ApiJson.Ok(await AnswerAsync(await lists.SavedAsync(leadId, ct), people, shop, ct));
    }

    private static async Task<IResult> RemoveAsync(string id, LeadService leads, CancellationToken ct) =>
        (await leads.DeleteAsync(Guid.TryParse(id, out var leadId) ? leadId : Guid.Empty, ct)).Failed(out var refusal, out _) ? ApiErrors.Of(refusal) : TypedResults.NoContent();

    private static async Task<LeadListFilter> FilterAsync(ApiFilters filters, ApiPeople people, CancellationToken ct)
    {
        await filters.CheckPersonAsync("owner", people, ct);
        return new LeadListFilter(filters.Choice("status", LeadWire.StatusOf), filters.Choice("priority", LeadWire.PriorityOf), filters.Key("owner"));
    }

    private static async Task<LeadPatch> ReadAsync(FieldReader fields, bool whole, ApiPeople people, CancellationToken ct) => new()
    {
        Name = fields.Needed(whole, Lead.NameLength, "name"),
        Email = fields.NeededEmail(whole, "email"),
        Company = fields.Optional(Lead.NameLength, "company"),
        Phone = fields.Optional(LongestPhone, "phone"),
        Source = fields.Optional(Lead.SourceLength, "source"),
        Description = fields.Optional(Lead.DescriptionLength, "description"),
        Status = fields.OptionalChoice("status", LeadWire.StatusOf),
        Priority = fields.OptionalChoice("priority", LeadWire.PriorityOf),
        Value = fields.Has("estimated_value") ? fields.OptionalAmount("estimated_value") is { } amount ? AmountText.Write(Money.FromMajor(amount)) : "" : null,
        Assigns = fields.Has("owner_id"),
        OwnerId = await fields.PersonAsync("owner_id", people, ct),
    };

    private static async Task<LeadAnswer> AnswerAsync(LeadWhole lead, ApiPeople people, Shop shop, CancellationToken ct) => lead.Answer(await people.OfAsync(lead.People, ct), shop.Now);
}
