using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/correspondences/: logged by whoever sends it.</summary>
static class CorrespondenceResource
{
    public static void MapCorrespondenceResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/correspondences").WithTags("Correspondence").RequireAuthorization(Policies.Staff);
        group.MapGet("/", PageAsync).WithSummary("E-mails, calls and meetings, newest first").Produces<ApiPage<CorrespondenceAnswer>>();
        group.MapPost("/", AddAsync).WithSummary("Log what was said").Takes<CorrespondenceBody>().Produces<CorrespondenceAnswer>(StatusCodes.Status201Created);
        group.MapGet("/{id}/", (string id, TalkLists lists, ApiPeople people, CancellationToken ct) => FindAsync(id, lists, people, ct)).WithSummary("One of them").Produces<CorrespondenceAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, LeadTalks talks, TalkLists lists, ContactLists contacts, ApiPeople people, CancellationToken ct) =>
            ChangeAsync(id, body, whole: true, talks, lists, contacts, people, ct)).WithSummary("Replace it").Takes<CorrespondenceBody>().Produces<CorrespondenceAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, LeadTalks talks, TalkLists lists, ContactLists contacts, ApiPeople people, CancellationToken ct) =>
            ChangeAsync(id, body, whole: false, talks, lists, contacts, people, ct)).WithSummary("Change part of it").Takes<CorrespondenceBody>().Produces<CorrespondenceAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Take it away").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PageAsync(HttpRequest request, TalkLists lists, ApiPeople people, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        await filters.CheckPersonAsync("logged_by", people, ct);
        var filter = new TalkFilter(filters.Key("contact"), filters.Choice("type", LeadWire.KindOf), filters.Key("logged_by"));
        if (filters.Refusal is { } refusal) return refusal;
        if ((await lists.PageAsync(filter, ApiLists.Read(request), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.LoggedById, ct);
        return ApiLists.Answer(request, page, row => row.Answer(known));
    }

    private static async Task<IResult> FindAsync(string id, TalkLists lists, ApiPeople people, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        if (!Guid.TryParse(id, out var talkId) || (await lists.FindAsync(talkId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return ApiJson.Of(row.Answer(await people.OfAsync([row.LoggedById], ct)), status);
    }

    private static async Task<IResult> AddAsync(ApiBody body, LeadTalks talks, TalkLists lists, ContactLists contacts, ApiPeople people, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var (patch, contact) = await ReadAsync(fields, whole: true, contacts, ct);
        if (fields.Refusal is { } refusal) return refusal;
        var edit = new LeadTalkEdit { Kind = patch.Kind ?? CorrespondenceKind.Other, ContactId = patch.ContactId, Subject = patch.Subject, Description = patch.Description, At = patch.At };
        return (await talks.LogAsync(contact!.LeadId, edit, ct)).Failed(out var error, out var talkId) ? LeadParts.RefuseTalk(error) : await FindAsync($"{talkId}", lists, people, ct, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, LeadTalks talks, TalkLists lists, ContactLists contacts, ApiPeople people, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var talkId) || (await lists.FindAsync(talkId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        var fields = new FieldReader(body);
        var (patch, contact) = await ReadAsync(fields, whole, contacts, ct);
        if (contact is not null && contact.LeadId != row.LeadId) fields.Complain("contact", "Choose one of this lead's contacts.");
        if (patch.Kind is CorrespondenceKind.Other && row.Kind is CorrespondenceKind.WhatsApp) patch.Kind = null; // what such a client was told
        if (fields.Refusal is { } refusal) return refusal;
        return (await talks.ChangeAsync(row.LeadId, talkId, patch, ct)).Failed(out var error, out _) ? LeadParts.RefuseTalk(error) : await FindAsync(id, lists, people, ct);
    }

    private static async Task<IResult> RemoveAsync(string id, LeadTalks talks, TalkLists lists, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var talkId) || (await lists.FindAsync(talkId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return (await talks.RemoveAsync(row.LeadId, talkId, ct)).Failed(out var refusal, out _) ? ApiErrors.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<(LeadTalkPatch Patch, ContactRow? Contact)> ReadAsync(FieldReader fields, bool whole, ContactLists contacts, CancellationToken ct)
    {
        var patch = new LeadTalkPatch
        {
            ContactId = fields.NeededKey(whole, "contact"),
            Kind = fields.NeededChoice(whole, "type", LeadWire.KindOf),
            Subject = fields.Needed(whole, Correspondence.SubjectLength, "subject"),
            Description = fields.Needed(whole, LeadLimits.TalkText, "description"),
            At = fields.NeededInstant(whole: false, "date"),
        };
        if (patch.ContactId is not { } id) return (patch, null);
        if (!(await contacts.FindAsync(id, ct)).Failed(out _, out var contact)) return (patch, contact);
        fields.NoSuch("contact", id.ToString());
        return (patch, null);
    }
}
