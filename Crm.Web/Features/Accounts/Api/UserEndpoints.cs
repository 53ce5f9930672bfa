using Crm.Web.Features.Accounts.Users;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/users/: every account, for the owner.</summary>
static class UserEndpoints
{
    private const int LongestUserName = 150;
    private const int LongestName = 100;

    private static readonly Dictionary<string, string> Names = new() { [nameof(UserEdit.UserName)] = "username" };

    public static void MapUserEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/users").WithTags("Users").RequireAuthorization(Policies.Owner);
        group.MapGet("/", ListAsync).WithSummary("Every account, oldest first").Asks("after", "The id of the last one read, where there were more than 1,000.").Gives<UserAnswer[]>();
        group.MapPost("/", AddAsync).WithSummary("Add an account without a password").Takes<UserBody>().Gives<UserAnswer>(201);
        group.MapGet("/{id}/", FindAsync).WithSummary("One account").Gives<UserAnswer>();
        group.MapPut("/{id}/", (string id, ApiBody body, UserService users, CancellationToken ct) => ChangeAsync(id, body, users, whole: true, ct)).WithSummary("Replace an account").Takes<UserBody>().Gives<UserAnswer>();
        group.MapPatch("/{id}/", (string id, ApiBody body, UserService users, CancellationToken ct) => ChangeAsync(id, body, users, whole: false, ct)).WithSummary("Change part of an account").Takes<UserPartBody>().Gives<UserAnswer>();
        group.MapDelete("/{id}/", RemoveAsync).WithSummary("Delete an account, or switch it off when its name stands on records").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, UserService users, CancellationToken ct)
    {
        var after = Guid.TryParse(context.Request.Query["after"], out var id) ? id : (Guid?)null;
        if ((await users.ListAsync(after, ct)).Failed(out var refusal, out var page)) return ApiErrors.Of(refusal);
        if (page.HasMore) context.Response.Headers.Link = $"<{ApiLinks.Here(context.Request)}?after={page.Rows[^1].Id}>; rel=\"next\"";
        return ApiJson.Ok(page.Rows.Select(UserOf));
    }

    private static async Task<IResult> FindAsync(string id, UserService users, CancellationToken ct) =>
        !Guid.TryParse(id, out var userId) || (await users.FindAsync(userId, ct)).Failed(out _, out var user) ? Missing() : ApiJson.Ok(UserOf(user));

    private static async Task<IResult> AddAsync(ApiBody body, UserService users, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var edit = Read(fields, whole: true);
        if (fields.Refusal is { } refusal) return refusal;
        return (await users.AddAsync(edit, ct)).Failed(out var error, out var user) ? ApiErrors.Of(error, Names) : ApiJson.Created(UserOf(user));
    }

    private static async Task<IResult> ChangeAsync(string id, ApiBody body, UserService users, bool whole, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var userId) || (await users.FindAsync(userId, ct)).Error is not null) return Missing();
        var fields = new FieldReader(body);
        var edit = Read(fields, whole);
        if (fields.Refusal is { } refusal) return refusal;
        return (await users.ChangeAsync(userId, edit, ct)).Failed(out var error, out var user) ? ApiErrors.Of(error, Names) : ApiJson.Ok(UserOf(user));
    }

    private static async Task<IResult> RemoveAsync(string id, UserService users, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var userId)) return Missing();
        return (await users.RemoveAsync(userId, ct)).Error switch
        {
            null => TypedResults.NoContent(),
            UserNotFound => Missing(),
            var refusal => ApiErrors.Of(refusal),
        };
    }

    private static UserEdit Read(FieldReader fields, bool whole)
    {
        var name = whole || fields.Has("username") ? fields.Required(LongestUserName, "username") : null;
        if (name is not null && !fields.IsRefused("username") && UserNames.ComplaintAbout(name) is { } complaint) fields.Complain("username", complaint);
        var role = whole || fields.Has("role") ? fields.Required(int.MaxValue, "role") : null;
        if (role is not null && !fields.IsRefused("role") && ApiRoles.RoleOf(role) is null) fields.Complain("role", $"\"{role}\" is not a valid choice.");
        return new UserEdit(name, fields.OptionalEmail("email"), fields.Optional(LongestName, "first_name"), fields.Optional(LongestName, "last_name"),
            role is null ? null : ApiRoles.RoleOf(role), fields.Flag("is_active"));
    }

    private static IResult Missing() => ApiErrors.Detail(StatusCodes.Status404NotFound, "No User matches the given query.");

    private static UserAnswer UserOf(UserRow user) => new(
        user.Id, user.UserName, user.Email, ApiRoles.NameOf(user.Roles, agent: "sales"), user.FirstName, user.LastName, user.IsActive,
        IsStaff: user.Roles.Any(Roles.Staff.Contains), DateJoined: user.JoinedAt);
}
