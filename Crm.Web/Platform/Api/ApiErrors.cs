using System.Globalization;
using System.Text.Json;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Api;

/// <summary>Every refusal of the API, in the bodies that its clients parse: a detail, or messages field by field.</summary>
public static class ApiErrors
{
    private const string TokenNotValid = "token_not_valid";
    private const string BadToken = "Token is invalid or expired";

    /// <summary>Nobody said who they are.</summary>
    public static IResult NoCredentials() => new Challenge(new { detail = "Authentication credentials were not provided." });

    /// <summary>An access token that is none, or no longer.</summary>
    public static IResult BadAccessToken() => new Challenge(new
    {
        detail = "Given token not valid for any token type",
        code = TokenNotValid,
        messages = new[] { new { token_class = "AccessToken", token_type = "access", message = BadToken } },
    });

    /// <summary>A refresh token that is none, or no longer.</summary>
    public static IResult BadRefreshToken() => new Challenge(new { detail = BadToken, code = TokenNotValid });

    /// <summary>401 in words of an address's own.</summary>
    public static IResult Unauthorized(object body) => new Challenge(body);

    /// <summary>Name and password do not belong together, where that is 401 with a detail.</summary>
    public static IResult NoActiveAccount() => new Challenge(new { detail = "No active account found with the given credentials" });

    public static IResult Refused() => Detail(StatusCodes.Status403Forbidden, "You do not have permission to perform this action.");

    public static IResult NotFound() => Detail(StatusCodes.Status404NotFound, "Not found.");

    public static IResult WrongMethod(string method) => Detail(StatusCodes.Status405MethodNotAllowed, $"Method \"{method}\" not allowed.");

    public static IResult WrongMediaType(string? type) => Detail(StatusCodes.Status415UnsupportedMediaType, $"Unsupported media type \"{type}\" in request.");

    public static IResult Unreadable(string why) => Detail(StatusCodes.Status400BadRequest, $"JSON parse error - {why}");

    public static IResult TooOften(TooManyRequests refusal) => new Throttled(refusal);

    /// <summary>One sentence for the request as a whole.</summary>
    public static IResult Detail(int status, string detail) => ApiJson.Of(new { detail }, status);

    /// <summary>One sentence under the name "error", which some addresses use instead of "detail".</summary>
    public static IResult Error(int status, string error) => ApiJson.Of(new { error }, status);

    /// <summary>One complaint about one field; "non_field_errors" for none in particular.</summary>
    public static IResult Field(string field, string message) => Fields(new Dictionary<string, IReadOnlyList<string>> { [field] = [message] });

    public static IResult Fields(IReadOnlyDictionary<string, IReadOnlyList<string>> messages) => ApiJson.Of(messages, StatusCodes.Status400BadRequest);

    /// <summary>A service's refusal.</summary>
    /// <param name="names">The API's name of a property where it is another than its own in snake_case.</param>
    public static IResult Of(Error error, IReadOnlyDictionary<string, string>? names = null) => error switch
    {
        TooManyRequests refusal => TooOften(refusal),
        NotFoundError => NotFound(),
        ForbiddenError => Refused(),
        InvalidError invalid => Fields((invalid.All.Count > 0 ? invalid.All : [invalid]).GroupBy(c => NameOf(c.Field, names))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(c => c.Message).Distinct()])),
        ConflictError => Detail(StatusCodes.Status409Conflict, error.Message),
        _ => throw new InvalidOperationException($"{error.GetType().Name} has no answer of its own in the API."),
    };

    /// <summary>What stands for a bare status that something else set.</summary>
    public static IResult? OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => Detail(StatusCodes.Status400BadRequest, "Bad request."),
        StatusCodes.Status401Unauthorized => NoCredentials(),
        StatusCodes.Status403Forbidden => Refused(),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => WrongMethod(context.Request.Method),
        StatusCodes.Status413PayloadTooLarge => Detail(StatusCodes.Status413PayloadTooLarge, "Request body too large."),
        StatusCodes.Status415UnsupportedMediaType => WrongMediaType(context.Request.ContentType),
        _ => null,
    };

    private static string NameOf(string property, IReadOnlyDictionary<string, string>? names) =>
        property.Length == 0 ? "non_field_errors" : names?.GetValueOrDefault(property) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property);

    private sealed class Challenge(object body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"api\"";
            return ApiJson.Of(body, StatusCodes.Status401Unauthorized).ExecuteAsync(httpContext);
        }
    }

    private sealed class Throttled(TooManyRequests refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Refuse(refusal);
            var detail = string.Create(CultureInfo.InvariantCulture, $"Request was throttled. Expected available in {refusal.RetryAfterSeconds} seconds.");
            return Detail(StatusCodes.Status429TooManyRequests, detail).ExecuteAsync(httpContext);
        }
    }
}
