using Microsoft.AspNetCore.Diagnostics;

namespace Crm.Web.Platform.Api;

/// <summary>
/// Sees to it that a program reads JSON whatever happens: a bare status gets its body here, a failure becomes 500 without a word of
/// what failed, and nothing that a signed-in program reads is kept by anybody on the way.
/// </summary>
public sealed partial class ApiAnswers(RequestDelegate next, ILogger<ApiAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!ApiPaths.IsForPrograms(context.Request))
        {
            await next(context);
            return;
        }
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        if (!context.Response.Headers.ContainsKey("Cache-Control")) context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null, ContentLength: null }
                && ApiErrors.OfStatus(context) is { } words) await words.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = refused.StatusCode;
            await (ApiErrors.OfStatus(context) ?? ApiErrors.Detail(refused.StatusCode, "Bad request.")).ExecuteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailed(failure, context.Request.Method, context.Request.Path);
            await ApiErrors.Detail(StatusCodes.Status500InternalServerError, "A server error occurred.").ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(Exception failure, string method, PathString path);
}
