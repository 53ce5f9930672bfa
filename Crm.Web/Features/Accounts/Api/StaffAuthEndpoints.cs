using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/auth/: the staff's sign-in, by user name, and their own account.</summary>
static class StaffAuthEndpoints
{
    private const int LongestName = 100;
    private const int LongestPhone = 20;

    public static void MapStaffAuthEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/auth").WithTags("Staff sign-in");
        group.MapPost("/register/", RegisterAsync).AllowAnonymous().WithSummary("A new customer's account; a role in the body is ignored").Takes<StaffRegisterBody>().Gives<StaffRegistered>(201);
        group.MapPost("/login/", LoginAsync).AllowAnonymous().WithSummary("Tokens and user for user name and password").Takes<LoginByNameBody>().Gives<StaffArrival>().Refuses<ApiDetail>(401);
        group.MapPost("/token/refresh/", TokenEndpoints.RefreshAsync).AllowAnonymous().WithSummary("A new pair for a refresh token").Takes<RefreshBody>().Gives<TokenAnswer>().Refuses<ApiDetail>(401);
        group.MapGet("/me/", MeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Own account").Gives<StaffUser>();
        group.MapMethods("/me/", [HttpMethods.Put, HttpMethods.Patch], ChangeMeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Change own name and phone number").Takes<StaffMeBody>().Gives<StaffUser>();
    }

    private static async Task<IResult> RegisterAsync(ApiBody body, RegistrationService registration, Shop shop, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var form = RegisterFields.Read(fields, named: false, byUserName: true);
        var userName = RegisterFields.ReadUserName(fields);
        if (RegisterFields.Refusal(fields, form, userName, shop.Settings.Country) is { } refusal) return refusal;
        if ((await registration.RegisterAsync(form, userName, ct)).Failed(out var error, out _)) return RegisterFields.Refuse(error, "user with this email address already exists.");
        return ApiJson.Created(new StaffRegistered(userName, form.Email ?? "", form.FirstName ?? "", form.LastName ?? "", ApiRoles.NameOf([Roles.Customer]), form.PhoneNumber ?? ""));
    }

    private static async Task<IResult> LoginAsync(ApiBody body, ApiSignIn signIn, CancellationToken ct)
    {
        var (refusal, arrival) = await TokenEndpoints.SignInAsync(body, signIn, ct);
        return refusal ?? ApiJson.Ok(new StaffArrival(arrival!.Tokens.Refresh, arrival.Tokens.Access, UserOf(arrival.Account)));
    }

    private static async Task<IResult> MeAsync(OwnAccount own, CancellationToken ct) =>
        (await own.OpenAsync(ct)).Failed(out var refusal, out var account) ? ApiErrors.Of(refusal) : ApiJson.Ok(UserOf(account));

    /// <summary>Role, user name and e-mail address in the body are ignored.</summary>
    private static async Task<IResult> ChangeMeAsync(ApiBody body, OwnAccount own, StoreAccount account, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var edit = new OwnAccountEdit(fields.Optional(LongestName, "first_name"), fields.Optional(LongestName, "last_name"), fields.Optional(LongestPhone, "phone", "phone_number"));
        if (fields.Refusal is { } refusal) return refusal;
        return (await account.SaveAsync(edit, ct)).Failed(out var error, out _) ? ApiErrors.Of(error) : await MeAsync(own, ct);
    }

    private static StaffUser UserOf(AccountFacts account) =>
        new(account.Id, account.UserName, account.Email, account.FirstName, account.LastName, ApiRoles.NameOf(account.Roles), account.Phone ?? "");
}
