using Crm.Data.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.Api;

/// <summary>A sale that may come, as programs read it.</summary>
/// <param name="Stage">In the words that a program chose it by, or the stage's name.</param>
/// <param name="Customer">Null while it is only a lead's.</param>
public sealed record OpportunityAnswer(Guid Id, string Title, string Description, string Stage, Guid? Customer, Guid? AssignedTo);

/// <summary>/api/opportunities/</summary>
static class OpportunityResource
{
    private static readonly Dictionary<string, string> Names = new() { [nameof(OpportunityEdit.CustomerId)] = "customer", [nameof(OpportunityEdit.OwnerId)] = "assigned_to" };
    private static readonly OpportunityEnd Unsaid = new(WonReason.Other, LostReason.Other);

    public static void MapOpportunityResource(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/opportunities").WithTags("Opportunities").RequireAuthorization(Policies.Staff);
        group.MapGet("/", ListAsync).WithSummary("Opportunities, oldest first").Produces<OpportunityAnswer[]>();
        group.MapPost("/", AddAsync).WithSummary("Add an opportunity").Takes<OpportunityBody>().Produces<OpportunityAnswer>(StatusCodes.Status201Created);
        group.MapGet("/{id}/", FindAsync).WithSummary("One opportunity").Produces<OpportunityAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, OpportunityService deals, OpportunityQueries queries, ApiPeople people, CancellationToken ct) =>
            ChangeAsync(id, body, whole: true, deals, queries, people, ct)).WithSummary("Replace an opportunity").Takes<OpportunityBody>().Produces<OpportunityAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, OpportunityService deals, OpportunityQueries queries, ApiPeople people, CancellationToken ct) =>
            ChangeAsync(id, body, whole: false, deals, queries, people, ct)).WithSummary("Change part of an opportunity").Takes<OpportunityBody>().Produces<OpportunityAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Delete an opportunity").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, OpportunityQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(ApiLists.After(context.Request), ct)).Failed(out var refusal, out var page)
            ? ApiErrors.Of(refusal)
            : ApiLists.Bare(context, page.Rows, page.HasMore ? page.Rows[^1].Id : null, AnswerOf);

    private static async Task<IResult> FindAsync(string id, OpportunityQueries queries, CancellationToken ct) =>
        !Guid.TryParse(id, out var dealId) || (await queries.FindAsync(dealId, ct)).Failed(out _, out var deal) ? Missing() : ApiJson.Ok(AnswerOf(deal));

    private static async Task<IResult> AddAsync(ApiBody body, OpportunityService deals, OpportunityQueries queries, ApiPeople people, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var edit = new OpportunityEdit();
        var words = await ReadAsync(fields, whole: true, edit, people, ct);
        if (fields.Refusal is { } refusal) return refusal;
        edit.StageId = (await queries.MeantAsync(words!, ct)).Failed(out var error, out var stage) ? null : stage.Id;
        if (error is not null || (await deals.CreateAsync(edit, Unsaid, words, ct)).Failed(out error, out var dealId)) return Refuse(error, edit);
        return (await queries.FindAsync(dealId, ct)).Failed(out _, out var deal)
            ? ApiJson.Created(new OpportunityAnswer(dealId, edit.Title!, edit.Description ?? "", words!, edit.CustomerId, edit.OwnerId)) // given out of one's own sight
            : ApiJson.Created(AnswerOf(deal));
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, bool whole, OpportunityService deals, OpportunityQueries queries, ApiPeople people, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var dealId) || (await queries.FindAsync(dealId, ct)).Failed(out _, out var deal)) return Missing();
        var fields = new FieldReader(body);
        var original = OpportunityForms.Of(deal);
        var edit = original.Copy();
        var words = await ReadAsync(fields, whole, edit, people, ct);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await deals.ReviseAsync(dealId, original, edit, Unsaid, words, ct)).Failed(out var error, out var saved)) return Refuse(error, edit);
        return ApiJson.Ok(AnswerOf(saved));
    }

    private static async Task<IResult> RemoveAsync(string id, OpportunityService deals, CancellationToken ct) =>
        (await deals.DeleteAsync(Guid.TryParse(id, out var dealId) ? dealId : Guid.Empty, ct)).Error switch
        {
            null => TypedResults.NoContent(),
            OpportunityNotFound => Missing(),
            var refusal => ApiErrors.Of(refusal),
        };

    /// <returns>The stage in the program's words, if it said any.</returns>
    private static async Task<string?> ReadAsync(FieldReader fields, bool whole, OpportunityEdit edit, ApiPeople people, CancellationToken ct)
    {
        edit.Title = fields.Needed(whole, Opportunity.TitleLength, "title") ?? edit.Title;
        edit.Description = fields.Needed(whole, Opportunity.DescriptionLength, "description") ?? edit.Description;
        var words = fields.Needed(whole, OpportunityStage.NameLength, "stage");
        edit.CustomerId = fields.NeededKey(whole, "customer") ?? edit.CustomerId;
        if (fields.Has("assigned_to")) edit.OwnerId = await fields.PersonAsync("assigned_to", people, ct);
        return words;
    }

    private static IResult Refuse(Platform.Results.Error error, OpportunityEdit edit) => error is Platform.Results.InvalidError invalid && invalid.For(nameof(edit.CustomerId)) is not null
        ? ApiErrors.Field("customer", $"Invalid pk \"{edit.CustomerId}\" - object does not exist.")
        : error is OpportunityNotFound ? Missing() : ApiErrors.Of(error, Names);

    private static OpportunityAnswer AnswerOf(OpportunityRow deal) => new(deal.Id, deal.Title, deal.Description ?? "", deal.StageWords ?? deal.StageName, deal.CustomerId, deal.OwnerId);

    private static IResult Missing() => ApiErrors.Detail(StatusCodes.Status404NotFound, "No Opportunity matches the given query.");
}
