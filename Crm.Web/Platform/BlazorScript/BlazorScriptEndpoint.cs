using Microsoft.Net.Http.Headers;

namespace Crm.Web.Platform.BlazorScript;

/// <summary>Serves <c>/_framework/blazor.web.js</c> where the framework has none of its own.</summary>
public static class BlazorScriptEndpoint
{
    /// <summary>Maps the script, for GET and HEAD; kept for ever under its versioned address, asked about every time under the plain one.</summary>
    public static void MapBlazorScript(this IEndpointRouteBuilder routes)
    {
        var script = routes.ServiceProvider.GetRequiredService<BlazorScriptFile>();
        if (!script.IsOurs) return;
        routes.MapMethods(EmbeddedScript.ResourceName, [HttpMethods.Get, HttpMethods.Head], context => Serve(context, script)).AllowAnonymous();
    }

    private static Task Serve(HttpContext context, BlazorScriptFile script)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.Query["v"] == script.Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var (bytes, encoding) = Choose(context.Request, script);
        if (encoding is not null) headers.ContentEncoding = encoding;
        var tag = new EntityTagHeaderValue($"\"{script.Version}{(encoding is null ? "" : "-" + encoding)}\"");
        return Results.Bytes(bytes, "text/javascript; charset=utf-8", entityTag: tag).ExecuteAsync(context);
    }

    private static (byte[] Bytes, string? Encoding) Choose(HttpRequest request, BlazorScriptFile script)
    {
        var wanted = request.GetTypedHeaders().AcceptEncoding.Where(item => item.Quality is not 0).Select(item => item.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return wanted.Contains("br") ? (script.Brotli, "br")
            : wanted.Contains("gzip") ? (script.Gzip, "gzip")
            : (script.Plain, null);
    }
}
