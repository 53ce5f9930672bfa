using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Routing.Template;

namespace Crm.Web.Platform.Api;

/// <summary>
/// Sees to it that a program reads JSON whatever happens: a bare status gets its body here, a failure becomes 500 without a word of
/// what failed, and nothing that a signed-in program reads is kept by anybody on the way.
/// </summary>
public sealed partial class ApiAnswers(RequestDelegate next, EndpointDataSource endpoints, ILogger<ApiAnswers> logger)
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
            NoteWrongMethod(context);
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

    // Pages answer every address that is read, so routing does not see that only the method was wrong.
    private void NoteWrongMethod(HttpContext context)
    {
        if (context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null } || !ApiPaths.IsApi(context.Request)) return;
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => IsAt(e, context.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct().ToList();
        if (methods.Count == 0 || methods.Contains(context.Request.Method)) return;
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = string.Join(", ", methods);
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.RawText?.StartsWith(ApiPaths.Root, StringComparison.Ordinal) == true
        && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(Exception failure, string method, PathString path);
}
