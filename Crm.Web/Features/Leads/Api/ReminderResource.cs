using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>/api/reminders/</summary>
static class ReminderResource
{
    public static void MapReminderResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/reminders").WithTags("Reminders").RequireAuthorization(Policies.Staff);
        group.MapGet("/", PageAsync).WithSummary("Reminders, the earliest first").Produces<ApiPage<ReminderAnswer>>();
        group.MapPost("/", AddAsync).WithSummary("Plan a reminder").Takes<ReminderBody>().Produces<ReminderAnswer>(StatusCodes.Status201Created);
        group.MapGet("/my_reminders/", MineAsync).WithSummary("Those that wait for you").Produces<ApiPage<ReminderAnswer>>();
        group.MapGet("/overdue/", OverdueAsync).WithSummary("Everybody's that wait and whose time has passed").Produces<ApiPage<ReminderAnswer>>();
        group.MapGet("/{id}/", (string id, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct) => FindAsync(id, lists, people, shop, ct)).WithSummary("One reminder").Produces<ReminderAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, LeadReminders reminders, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
            ChangeAsync(id, body, whole: true, reminders, lists, people, shop, ct)).WithSummary("Replace a reminder").Takes<ReminderBody>().Produces<ReminderAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, LeadReminders reminders, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
            ChangeAsync(id, body, whole: false, reminders, lists, people, shop, ct)).WithSummary("Change part of a reminder").Takes<ReminderBody>().Produces<ReminderAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Take a reminder away").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> PageAsync(HttpRequest request, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        var filters = new ApiFilters(request);
        await filters.CheckPersonAsync("user", people, ct);
        var filter = new ReminderFilter(filters.Key("lead"), filters.Key("user"), filters.Choice("status", LeadWire.ReminderOf));
        return filters.Refusal ?? await AnswerAsync(request, await lists.PageAsync(filter, ApiLists.Read(request), ct), people, shop, ct);
    }

    private static async Task<IResult> MineAsync(HttpRequest request, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
        await AnswerAsync(request, await lists.MineAsync(ApiLists.Read(request) with { Search = null }, ct), people, shop, ct);

    private static async Task<IResult> OverdueAsync(HttpRequest request, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct) =>
        await AnswerAsync(request, await lists.PageAsync(new ReminderFilter(null, null, null, Overdue: true), ApiLists.Read(request) with { Search = null }, ct), people, shop, ct);

    private static async Task<IResult> AnswerAsync(HttpRequest request, Result<ListAnswer<ReminderRow>> found, ApiPeople people, Shop shop, CancellationToken ct)
    {
        if (found.Failed(out var error, out var page)) return ApiLists.Refuse(error);
        var known = await people.PeopleAsync(page.Rows, r => r.UserId, ct);
        return ApiLists.Answer(request, page, row => row.Answer(known, shop.Now));
    }

    private static async Task<IResult> FindAsync(string id, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        if (!Guid.TryParse(id, out var reminderId) || (await lists.FindAsync(reminderId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return ApiJson.Of(row.Answer(await people.OfAsync([row.UserId], ct), shop.Now), status);
    }

    private static async Task<IResult> AddAsync(ApiBody body, LeadReminders reminders, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var leadId = fields.NeededKey(whole: true, "lead");
        var patch = await ReadAsync(fields, whole: true, people, ct);
        if (fields.Refusal is { } refusal) return refusal;
        var edit = new LeadReminderEdit { Title = patch.Title, Description = patch.Description, At = patch.At, UserId = patch.UserId, Status = patch.Status ?? ReminderStatus.Pending };
        return (await reminders.AddAsync(leadId!.Value, edit, ct)).Failed(out var error, out var reminderId)
            ? LeadParts.Refuse(error, leadId)
            : await FindAsync($"{reminderId}", lists, people, shop, ct, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, LeadReminders reminders, ReminderLists lists, ApiPeople people, Shop shop, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var reminderId) || (await lists.FindAsync(reminderId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        var fields = new FieldReader(body);
        LeadParts.CheckLead(fields, whole, row.LeadId);
        var patch = await ReadAsync(fields, whole, people, ct);
        if (fields.Refusal is { } refusal) return refusal;
        return (await reminders.ChangeAsync(row.LeadId, reminderId, patch, ct)).Failed(out var error, out _) ? LeadParts.Refuse(error) : await FindAsync(id, lists, people, shop, ct);
    }

    private static async Task<IResult> RemoveAsync(string id, LeadReminders reminders, ReminderLists lists, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var reminderId) || (await lists.FindAsync(reminderId, ct)).Failed(out _, out var row)) return ApiErrors.NotFound();
        return (await reminders.RemoveAsync(row.LeadId, reminderId, ct)).Failed(out var refusal, out _) ? ApiErrors.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<LeadReminderPatch> ReadAsync(FieldReader fields, bool whole, ApiPeople people, CancellationToken ct) => new()
    {
        Title = fields.Needed(whole, Reminder.TitleLength, "title"),
        Description = fields.Optional(LeadLimits.ReminderText, "description"),
        At = fields.NeededInstant(whole, "reminder_date"),
        UserId = await fields.PersonAsync("user_id", people, ct),
        Status = fields.OptionalChoice("status", LeadWire.ReminderOf),
    };
}
