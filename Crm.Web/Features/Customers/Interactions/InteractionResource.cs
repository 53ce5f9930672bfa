using Crm.Data.Customers;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Customers.Interactions;

/// <summary>A call, meeting or visit as programs read it.</summary>
public sealed record InteractionAnswer(Guid Id, Guid Customer, string InteractionType, string Notes, DateTime Date, string NextAction);

/// <summary>/api/interactions/: a customer reads those of their own record, staff write.</summary>
static class InteractionResource
{
    private static readonly Dictionary<string, string> Names = new() { [nameof(InteractionEdit.Kind)] = "interaction_type", [nameof(InteractionEdit.At)] = "date" };

    public static void MapInteractionResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/interactions").WithTags("Interactions");
        group.MapGet("/", ListAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Interactions, oldest first; a customer's own").Produces<InteractionAnswer[]>();
        group.MapGet("/{id}/", (string id, InteractionQueries queries, CancellationToken ct) => FindAsync(id, queries, ct)).RequireAuthorization(Policies.SignedIn).WithSummary("One interaction").Produces<InteractionAnswer>();
        var staff = group.MapGroup("").RequireAuthorization(nameof(Permission.EditCustomers));
        staff.MapPost("/", AddAsync).WithSummary("Log an interaction").Takes<InteractionBody>().Produces<InteractionAnswer>(StatusCodes.Status201Created);
        staff.MapPut("/{id}/", (string id, ApiBody body, InteractionService service, InteractionQueries queries, CancellationToken ct) => ChangeAsync(id, body, whole: true, service, queries, ct))
            .WithSummary("Replace an interaction").Takes<InteractionBody>().Produces<InteractionAnswer>();
        staff.MapPatch("/{id}/", (string id, ApiBody body, InteractionService service, InteractionQueries queries, CancellationToken ct) => ChangeAsync(id, body, whole: false, service, queries, ct))
            .WithSummary("Change part of an interaction").Takes<InteractionBody>().Produces<InteractionAnswer>();
        staff.MapDelete("/{id}/", RemoveAsync).WithSummary("Delete an interaction").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, InteractionQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(ApiLists.After(context.Request), ct)).Failed(out var refusal, out var page)
            ? ApiErrors.Of(refusal)
            : ApiLists.Bare(context, page.Rows, page.HasMore ? page.Rows[^1].Id : null, AnswerOf);

    private static async Task<IResult> FindAsync(string id, InteractionQueries queries, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        if (!Guid.TryParse(id, out var interactionId)) return Missing();
        return (await queries.FindAsync(interactionId, ct)).Failed(out var refusal, out var row) ? Refuse(refusal, null) : ApiJson.Of(AnswerOf(row), status);
    }

    private static async Task<IResult> AddAsync(ApiBody body, InteractionService service, InteractionQueries queries, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var customerId = fields.NeededKey(whole: true, "customer");
        var edit = Read(fields, whole: true);
        if (fields.Refusal is { } refusal) return refusal;
        return (await service.AddAsync(customerId!.Value, edit, ct)).Failed(out var error, out var interactionId) ? Refuse(error, customerId) : await FindAsync($"{interactionId}", queries, ct, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, InteractionService service, InteractionQueries queries, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var interactionId) || (await queries.FindAsync(interactionId, ct)).Failed(out _, out var row)) return Missing();
        var fields = new FieldReader(body);
        if (fields.NeededKey(whole, "customer") is { } customer && customer != row.CustomerId) fields.Complain("customer", "An interaction stays with its customer.");
        var edit = Read(fields, whole);
        if (fields.Refusal is { } refusal) return refusal;
        return (await service.ChangeAsync(interactionId, edit, ct)).Failed(out var error, out _) ? Refuse(error, null) : await FindAsync(id, queries, ct);
    }

    private static async Task<IResult> RemoveAsync(string id, InteractionService service, CancellationToken ct) =>
        (await service.RemoveAsync(Guid.TryParse(id, out var interactionId) ? interactionId : Guid.Empty, ct)).Failed(out var refusal, out _) ? Refuse(refusal, null) : TypedResults.NoContent();

    private static InteractionEdit Read(FieldReader fields, bool whole) => new()
    {
        Kind = fields.Needed(whole, Interaction.KindLength, "interaction_type"),
        Notes = fields.Needed(whole, Interaction.NotesLength, "notes"),
        NextAction = fields.Needed(whole, Interaction.NextActionLength, "next_action"),
    };

    private static IResult Refuse(Platform.Results.Error error, Guid? customerId) => error switch
    {
        CustomerNotFound when customerId is not null => ApiErrors.Field("customer", $"Invalid pk \"{customerId}\" - object does not exist."),
        InteractionNotFound => Missing(),
        _ => ApiErrors.Of(error, Names),
    };

    private static InteractionAnswer AnswerOf(InteractionRow row) => new(row.Id, row.CustomerId, row.Kind, row.Notes, row.HappenedAt, row.NextAction);

    private static IResult Missing() => ApiErrors.Detail(StatusCodes.Status404NotFound, "No Interaction matches the given query.");
}

/// <summary>An interaction with a customer, as programs send it.</summary>
sealed record InteractionBody(Guid Customer, string InteractionType, string Notes, string NextAction);
