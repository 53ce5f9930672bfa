using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Web;

/// <summary>
/// Puts the protecting headers on every answer. A stricter policy that an endpoint set itself (a sandboxed file, a secret address) stays.
/// What a signed-in person reads stays in no cache, unless an endpoint says otherwise.
/// No inline script runs but the import map, which is let in by its hash; style attributes are needed by charts and lists.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, IOptions<EmbedOptions> embed)
{
    internal const string ReferrerPolicy = "Referrer-Policy";

    private static readonly ConditionalWeakTable<ResourceAssetCollection, string> Hashes = [];

    /// <summary>Runs the rest and sets the headers just before the answer starts.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var endpoint = context.GetEndpoint();
            var framedBy = endpoint?.Metadata.GetMetadata<EmbeddableAttribute>() is null ? [] : embed.Value.Origins;
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy(ImportMapHash(endpoint), framedBy);
            if (headers.CacheControl.Count == 0 && context.User.Identity?.IsAuthenticated is true) headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            if (framedBy.Length == 0) headers.XFrameOptions = "DENY"; // it knows no list of origins
            if (headers[ReferrerPolicy].Count == 0) headers[ReferrerPolicy] = "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(self), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    }

    internal static string Policy(string? importMapHash, params string[] framedBy) =>
        $"default-src 'self'; script-src 'self'{(importMapHash is null ? "" : $" 'sha256-{importMapHash}'")}; " +
        "style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; " +
        $"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {(framedBy.Length == 0 ? "'none'" : string.Join(' ', framedBy))}";

    private static string? ImportMapHash(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ResourceAssetCollection>() is { } assets
            ? Hashes.GetValue(assets, static all => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(
                ImportMapDefinition.FromResourceCollection(all).ToString().ReplaceLineEndings("\n")))))
            : null;
}
