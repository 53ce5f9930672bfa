using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Web.Features.Accounts.Passkeys;

/// <summary>What the script of the pages asks for, and the form that signs in by a passkey.</summary>
static class PasskeyEndpoints
{
    public const string SignInPath = "/account/sign-in/passkey";

    /// <summary>Asked for a question that makes a browser look for a passkey.</summary>
    public const string SignInQuestionPath = "/account/sign-in/passkey/question";

    /// <summary>Asked for a question that makes a browser create one.</summary>
    public const string QuestionPath = "/account/passkeys/question";

    public static void MapPasskeyEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignInQuestionPath, AskAsync).AllowAnonymous().RequireAntiforgery();
        routes.MapPost(SignInPath, SignInAsync).AllowAnonymous();
        routes.MapPost(QuestionPath, AskForNewAsync).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<ContentHttpResult> AskAsync(HttpContext context, PasskeyCheck passkeys, CancellationToken ct) => Answer(context, await passkeys.QuestionAsync(ct));

    private static async Task<ContentHttpResult> AskForNewAsync([FromForm] string? password, HttpContext context, PasskeyService passkeys, CancellationToken ct) =>
        Answer(context, await passkeys.QuestionAsync(password ?? "", ct));

    private static async Task<RedirectHttpResult> SignInAsync(
        [FromForm] string? credential, [FromForm] string? returnUrl, SignInService accounts, CancellationToken ct)
    {
        var to = ReturnUrl.Safe(returnUrl);
        return TypedResults.LocalRedirect((await accounts.SignInByPasskeyAsync(credential ?? "", ct)).Error switch
        {
            null => to,
            AccountSwitchedOff => $"{SessionCookie.SignInPath}?passkey=off&returnUrl={Uri.EscapeDataString(to)}",
            TooManyRequests => $"{SessionCookie.SignInPath}?passkey=wait&returnUrl={Uri.EscapeDataString(to)}",
            _ => $"{SessionCookie.SignInPath}?passkey=refused&returnUrl={Uri.EscapeDataString(to)}",
        });
    }

    /// <summary>A refusal is the sentence that the page shows.</summary>
    private static ContentHttpResult Answer(HttpContext context, Result<string> asked)
    {
        if (!asked.Failed(out var refusal, out var question)) return TypedResults.Content(question, "application/json");
        if (refusal is not TooManyRequests tooOften) return TypedResults.Text(refusal.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        context.Refuse(tooOften);
        return TypedResults.Text(refusal.Message, statusCode: StatusCodes.Status429TooManyRequests);
    }
}
