using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/notes/: notes on leads; the author is whoever wrote it.</summary>
static class NoteResource
{
    public static void MapNoteResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/notes").WithTags("Notes").RequireAuthorization(Policies.Staff);
        group.MapGet("/", PageAsync).WithSummary("Notes on leads, newest first").Produces<ApiPage<NoteAnswer>>();
        group.MapPost("/", AddAsync).WithSummary("Write a note").Takes<NoteBody>().Produces<NoteAnswer>(StatusCodes.Status201Created);
        group.MapGet("/{id}/", (string id, LeadNoteLists lists, ApiPeople people, CancellationToken ct) => FindAsync(id, lists, people, ct)).WithSummary("One note").Produces<NoteAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, LeadNotes notes, LeadNoteLists lists, ApiPeople people, CancellationToken ct) => ChangeAsync(id, body, whole: true, notes, lists, people, ct))
            .WithSummary("Replace a note").Takes<NoteBody>().Produces<NoteAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, LeadNotes notes, LeadNoteLists lists, ApiPeople people, CancellationToken ct) => ChangeAsync(id, body, whole: false, notes, lists, people, ct))
            .WithSummary("Change part of a note").Takes<NoteBody>().Produces<NoteAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Take a note away").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PageAsync(HttpRequest request, LeadNoteLists lists, ApiPeople people, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        await filters.CheckPersonAsync("author", people, ct);
        var filter = new LeadNoteFilter(filters.Key("lead"), filters.Key("author"));
        if (filters.Refusal is { } refusal) return refusal;
        if ((await lists.PageAsync(filter, ApiLists.Read(request), ct)).Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.AuthorId, ct);
        return ApiLists.Answer(request, page, row => row.Answer(known));
    }

    private static async Task<IResult> FindAsync(string id, LeadNoteLists lists, ApiPeople people, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        if (!Guid.TryParse(id, out var noteId) || (await lists.FindAsync(noteId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return ApiJson.Of(row.Answer(await people.OfAsync([row.AuthorId], ct)), status);
    }

    private static async Task<IResult> AddAsync(ApiBody body, LeadNotes notes, LeadNoteLists lists, ApiPeople people, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var (leadId, text) = (fields.NeededKey(whole: true, "lead"), fields.Needed(whole: true, LeadNote.TextLength, "content"));
        if (fields.Refusal is { } refusal) return refusal;
        return (await notes.AddAsync(leadId!.Value, text, ct)).Failed(out var error, out var noteId) ? LeadParts.Refuse(error, leadId) : await FindAsync($"{noteId}", lists, people, ct, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, LeadNotes notes, LeadNoteLists lists, ApiPeople people, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var noteId) || (await lists.FindAsync(noteId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        var fields = new FieldReader(body);
        LeadParts.CheckLead(fields, whole, row.LeadId);
        var text = fields.Needed(whole, LeadNote.TextLength, "content");
        if (fields.Refusal is { } refusal) return refusal;
        if (text is not null && (await notes.EditAsync(row.LeadId, noteId, text, ct)).Failed(out var error, out _)) return LeadParts.Refuse(error);
        return await FindAsync(id, lists, people, ct);
    }

    private static async Task<IResult> RemoveAsync(string id, LeadNotes notes, LeadNoteLists lists, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var noteId) || (await lists.FindAsync(noteId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return (await notes.RemoveAsync(row.LeadId, noteId, ct)).Failed(out var refusal, out _) ? ApiErrors.Of(refusal) : TypedResults.NoContent();
    }
}
