using Crm.Web.Features.Accounts.Registration;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Api;
using Crm.Web.Platform.Phones;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>/api/customers/…: a customer's own account, by e-mail address.</summary>
static class ShopperEndpoints
{
    public static void MapShopperEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/api/customers").WithTags("Customer account");
        group.MapPost("/register/", RegisterAsync).AllowAnonymous().WithSummary("A new account, signed in at once").Takes<ShopperRegisterBody>().Gives<ShopperArrival>(201);
        group.MapPost("/verify-email/", ApiVerification.PostAsync).AllowAnonymous().WithSummary("Prove the e-mail address by the token of the mail").Takes<MailTokenBody>().Gives<ApiMessage>();
        group.MapPost("/change-password/", ApiPasswords.ChangeAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Change own password; the answer has new tokens").Takes<PasswordChangeBody>().Gives<PasswordChanged>();
        group.MapPost("/login/", LoginAsync).AllowAnonymous().WithSummary("Tokens and profile for e-mail address and password").Takes<LoginByEmailBody>().Gives<ShopperArrival>().Refuses<ApiErrorText>(401);
        group.MapPost("/token/refresh/", TokenEndpoints.RefreshAsync).AllowAnonymous().WithSummary("A new pair for a refresh token").Takes<RefreshBody>().Gives<TokenAnswer>().Refuses<ApiDetail>(401);
        group.MapGet("/health/", () => ApiJson.Ok(new HealthAnswer("healthy"))).AllowAnonymous().WithSummary("Whether the API answers").Gives<HealthAnswer>();
        group.MapGet("/profile/", ProfileAsync).RequireAuthorization(Policies.Customer).WithSummary("Own profile").Gives<ShopperProfile>();
        group.MapPut("/profile/", (ApiBody body, ShopperQueries own, ProfileService profile, CancellationToken ct) => ChangeProfileAsync(body, own, profile, whole: true, ct))
            .RequireAuthorization(Policies.Customer).WithSummary("Replace own profile").Takes<ShopperProfileBody>().Gives<ShopperProfile>();
        group.MapPatch("/profile/", (ApiBody body, ShopperQueries own, ProfileService profile, CancellationToken ct) => ChangeProfileAsync(body, own, profile, whole: false, ct))
            .RequireAuthorization(Policies.Customer).WithSummary("Change part of own profile").Takes<ShopperProfileBody>().Gives<ShopperProfile>();
        group.MapGet("/dashboard/", DashboardAsync).RequireAuthorization(Policies.Customer).WithSummary("Own figures").Gives<ShopperDashboard>();
    }

    private static async Task<IResult> RegisterAsync(ApiBody body, RegistrationService registration, ApiSignIn signIn, ShopperQueries shoppers, Shop shop, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var form = RegisterFields.Read(fields, named: true);
        if (RegisterFields.Refusal(fields, form, userName: null, shop.Settings.Country) is { } refusal) return refusal;
        if ((await registration.RegisterAsync(form, ct)).Failed(out var error, out var registered)) return RegisterFields.Refuse(error, "Customer with this email already exists.");
        if ((await signIn.ArriveAsync(registered.Who, ct)).Failed(out _, out var arrival)) return ApiErrors.NoActiveAccount();
        var customer = await shoppers.OfAsync(arrival.Account, ct);
        // A number that is on the shop's older record under the address stays there for now: the answer does not tell.
        if (customer.Phone.Length == 0 && PhoneNumber.TryParse(form.PhoneNumber, shop.Settings.Country, out var phone)) customer = customer with { Phone = phone, PhoneNumber = phone };
        return ApiJson.Created(new ShopperArrival("Registration successful! Please check your email to verify your account.", customer, arrival.Tokens));
    }

    private static async Task<IResult> LoginAsync(ApiBody body, ApiSignIn signIn, ShopperQueries shoppers, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var login = LoginFields.ByEmail(fields);
        if (fields.Refusal is { } refusal) return refusal;
        if ((await signIn.SignInAsync(login.Identifier, login.Password, login.Code, ct)).Failed(out var error, out var arrival))
            return LoginFields.Usual(error) ?? ApiErrors.Unauthorized(new { error = "Invalid email or password." });
        return ApiJson.Ok(new ShopperArrival("Login successful!", await shoppers.OfAsync(arrival.Account, ct), arrival.Tokens));
    }

    private static async Task<IResult> ProfileAsync(ShopperQueries own, CancellationToken ct) =>
        (await own.OwnAsync(ct)).Failed(out var refusal, out var profile) ? ApiErrors.Of(refusal) : ApiJson.Ok(profile);

    private static async Task<IResult> ChangeProfileAsync(ApiBody body, ShopperQueries own, ProfileService profile, bool whole, CancellationToken ct)
    {
        if ((await profile.OpenAsync(ct)).Failed(out var error, out var now)) return ApiErrors.Of(error);
        var fields = new FieldReader(body);
        var (edit, channels) = (ShopperProfileChange.Read(fields, now, whole), ShopperProfileChange.ReadChannels(fields));
        if (fields.Refusal is { } refusal) return refusal;
        if ((await profile.SaveAsync(edit, now.Edit, channels, ct)).Failed(out error, out _)) return ApiErrors.Of(error, ShopperProfileChange.Names);
        return await ProfileAsync(own, ct);
    }

    private static async Task<IResult> DashboardAsync(ShopperQueries own, CancellationToken ct)
    {
        if ((await own.OwnAsync(ct)).Failed(out var refusal, out var me)) return ApiErrors.Of(refusal);
        return ApiJson.Ok(new ShopperDashboard(
            new(me.Id, me.Email, me.FullName), new(me.TotalPurchases, me.LoyaltyPoints, me.DateJoined), new(me.EmailNotifications, me.SmsNotifications, me.PushNotifications),
            me.Id, me.Email, me.FullName, me.LoyaltyPoints, me.TotalPurchases, me.LastPurchaseDate, me.EmailNotifications, me.SmsNotifications, me.PushNotifications,
            RecentNotes: [])); // what staff write down about a customer is theirs
    }
}
