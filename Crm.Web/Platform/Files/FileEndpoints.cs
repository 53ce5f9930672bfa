using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Crm.Web.Platform.Files;

/// <summary>Serves kept files to whoever sees the record that holds them; for all others there is no such file.</summary>
static class FileEndpoints
{
    // A picture runs nothing. A PDF is drawn by the browser's own viewer, which a sandbox switches off: it may load nothing instead.
    private const string PicturePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    private const string PaperPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/files/{fileId:guid}", OpenAsync).RequireAuthorization();

    private static async Task<IResult> OpenAsync(Guid fileId, HttpContext context, IFileStore files, IEnumerable<IFileOwner> owners, CancellationToken ct)
    {
        var seen = false;
        foreach (var owner in owners) seen = seen || await owner.MaySeeAsync(fileId, ct);
        if (!seen || await files.OpenAsync(fileId, ct) is not { } file) return TypedResults.NotFound();

        var inline = FileTypes.IsPicture(file.ContentType) || file.ContentType == FileTypes.Pdf;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = file.ContentType == FileTypes.Pdf ? PaperPolicy : PicturePolicy;
        headers.CacheControl = "private, no-store";
        headers.ContentDisposition = new ContentDispositionHeaderValue(inline ? DispositionTypeNames.Inline : DispositionTypeNames.Attachment) { FileNameStar = file.Name }.ToString();
        return TypedResults.Bytes(file.Bytes, file.ContentType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.ContentType}; charset=utf-8" : file.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }
}
