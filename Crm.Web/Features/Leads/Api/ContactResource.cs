using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/contacts/</summary>
static class ContactResource
{
    private const int LongestPhone = 20;
    private const int MostBare = 1000;

    public static void MapContactResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/contacts").WithTags("Contacts").RequireAuthorization(Policies.Staff);
        group.MapGet("/", PageAsync).WithSummary("Contacts of leads, primary ones first").Produces<ApiPage<ContactAnswer>>();
        group.MapPost("/", AddAsync).WithSummary("Add a contact").Takes<ContactBody>().Produces<ContactAnswer>(StatusCodes.Status201Created);
        group.MapGet("/{id}/", FindAsync).WithSummary("One contact").Produces<ContactAnswer>();
        group.MapGet("/{id}/correspondences/", TalksAsync).WithSummary("What was said with a contact").Produces<CorrespondenceAnswer[]>();
        group.MapPut("/{id}/", (string id, ApiBody body, LeadContacts contacts, ContactLists lists, CancellationToken ct) => ChangeAsync(id, body, whole: true, contacts, lists, ct))
            .WithSummary("Replace a contact").Takes<ContactBody>().Produces<ContactAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, LeadContacts contacts, ContactLists lists, CancellationToken ct) => ChangeAsync(id, body, whole: false, contacts, lists, ct))
            .WithSummary("Change part of a contact").Takes<ContactBody>().Produces<ContactAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Take a contact off its lead").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PageAsync(HttpRequest request, ContactLists lists, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        var filter = new ContactFilter(filters.Key("lead"), filters.Flag("is_primary"));
        if (filters.Refusal is { } refusal) return refusal;
        return (await lists.PageAsync(filter, ApiLists.Read(request), ct)).Failed(out var error, out var page) ? ApiLists.Refuse(error) : ApiLists.Answer(request, page, row => row.Answer());
    }

    private static async Task<IResult> FindAsync(string id, ContactLists lists, CancellationToken ct) =>
        !Guid.TryParse(id, out var contactId) || (await lists.FindAsync(contactId, ct)).Failed(out _, out var row) ? ApiErrors.NotFound() : ApiJson.Ok(row.Answer());

    private static async Task<IResult> TalksAsync(string id, HttpContext context, TalkLists talks, ApiPeople people, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var contactId)) return ApiErrors.NotFound();
        var question = ApiLists.Bare(context.Request, MostBare);
        if ((await talks.PageAsync(new TalkFilter(contactId, null, null), question, ct)).Failed(out var error, out var page)) return error is InvalidError ? ApiErrors.NotFound() : ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.LoggedById, ct);
        return ApiLists.Bare(context, page, row => row.Answer(known));
    }

    private static async Task<IResult> AddAsync(ApiBody body, LeadContacts contacts, ContactLists lists, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var leadId = fields.NeededKey(whole: true, "lead");
        var edit = new LeadContactEdit();
        Read(fields, whole: true, edit);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await contacts.AddAsync(leadId!.Value, edit, ct)).Failed(out var error, out var contactId)) return LeadParts.Refuse(error, leadId);
        return ApiJson.Created((await lists.FindAsync(contactId, ct)).Value.Answer());
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, LeadContacts contacts, ContactLists lists, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var contactId) || (await lists.FindAsync(contactId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        var fields = new FieldReader(body);
        LeadParts.CheckLead(fields, whole, row.LeadId);
        var original = contacts.Of(new LeadContactLine(row.Id, row.Name, row.Position, row.Email, row.Phone, row.Notes, row.IsPrimary));
        var edit = original.Copy();
        Read(fields, whole, edit);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await contacts.EditAsync(row.LeadId, contactId, original, edit, ct)).Failed(out var error, out _)) return LeadParts.Refuse(error);
        return ApiJson.Ok((await lists.FindAsync(contactId, ct)).Value.Answer());
    }

    private static async Task<IResult> RemoveAsync(string id, LeadContacts contacts, ContactLists lists, CurrentActor actor, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.DeleteLeads) is not null) return ApiErrors.Refused();
        if (!Guid.TryParse(id, out var contactId) || (await lists.FindAsync(contactId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return (await contacts.RemoveAsync(row.LeadId, contactId, ct)).Failed(out var refusal, out _) ? ApiErrors.Of(refusal) : TypedResults.NoContent();
    }

    private static void Read(FieldReader fields, bool whole, LeadContactEdit edit)
    {
        edit.Name = fields.Needed(whole, LeadLimits.ContactName, "name") ?? edit.Name;
        edit.Email = fields.NeededEmail(whole, "email") ?? edit.Email;
        edit.Phone = fields.Optional(LongestPhone, "phone") ?? edit.Phone;
        edit.Position = fields.Optional(LeadLimits.ContactPosition, "position") ?? edit.Position;
        edit.Notes = fields.Optional(LeadLimits.ContactNotes, "notes") ?? edit.Notes;
        edit.IsPrimary = fields.Flag("is_primary") ?? edit.IsPrimary;
    }
}
