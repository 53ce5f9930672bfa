using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Crm.Web.Platform.Api;

/// <summary>
/// The description of the API as it goes out: written and compressed once, since nothing in it changes while the application runs and
/// anybody may ask for it as often as they like. A singleton.
/// </summary>
public sealed class ApiSchema(IServiceProvider services) : IDisposable
{
    private const string DocumentName = "v1";

    private readonly SemaphoreSlim turn = new(1, 1);
    private Files? kept;

    /// <summary>How often it was written.</summary>
    internal int Written { get; private set; }

    /// <summary>The document, or 304 for whoever has it.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var files = kept ?? await WriteAsync(context.RequestAborted);
        var headers = context.Response.Headers;
        (headers.CacheControl, headers.Vary) = ("no-cache", HeaderNames.AcceptEncoding);
        var packed = context.Request.GetTypedHeaders().AcceptEncoding.Any(item => item.Quality is not 0 && item.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase));
        if (packed) headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(packed ? files.Packed : files.Plain, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{files.Version}{(packed ? "-gzip" : "")}\""));
    }

    public void Dispose() => turn.Dispose();

    private async Task<Files> WriteAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (kept is { } known) return known;
            var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName).GetOpenApiDocumentAsync(CancellationToken.None);
            using var plain = new MemoryStream();
            await document.SerializeAsJsonAsync(plain, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
            Written++;
            return kept = new(plain.ToArray(), Pack(plain.ToArray()), Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()).AsSpan(0, 8)));
        }
        finally
        {
            turn.Release();
        }
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(plain);
        return packed.ToArray();
    }

    private sealed record Files(byte[] Plain, byte[] Packed, string Version);
}
