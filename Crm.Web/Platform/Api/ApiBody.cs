using System.Buffers;
using System.Text.Json;

namespace Crm.Web.Platform.Api;

/// <summary>
/// What a program sent: an object of JSON, or a form, as old clients do. Read before the endpoint runs; what cannot be read is
/// <see cref="Refusal"/>, which the group of <see cref="ApiFeature.MapApi"/> answers with.
/// </summary>
public sealed class ApiBody
{
    private const int Most = 1024 * 1024;
    private const int Deepest = 32;

    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    private ApiBody(IResult? refusal) => Refusal = refusal;

    /// <summary>Why it could not be read; null when it was.</summary>
    public IResult? Refusal { get; }

    /// <summary>The value of a field, if it was sent.</summary>
    public JsonElement? Find(string name) => fields.TryGetValue(name, out var value) ? value : null;

    /// <summary>Called by the framework for a parameter of this type.</summary>
    public static async ValueTask<ApiBody> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > Most) return new(ApiErrors.Detail(StatusCodes.Status413PayloadTooLarge, "Request body too large."));
        if (request.HasFormContentType) return await OfFormAsync(request, context.RequestAborted);
        var bytes = await ReadAsync(request.Body, context.RequestAborted);
        if (bytes is null) return new(ApiErrors.Detail(StatusCodes.Status413PayloadTooLarge, "Request body too large."));
        if (bytes.Length == 0) return new((IResult?)null);
        return request.HasJsonContentType() ? OfJson(bytes) : new(ApiErrors.WrongMediaType(request.ContentType));
    }

    private static ApiBody OfJson(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Deepest });
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                return new(ApiErrors.Field("non_field_errors", $"Invalid data. Expected a dictionary, but got {Kind(json.RootElement)}."));
            var body = new ApiBody((IResult?)null);
            foreach (var property in json.RootElement.EnumerateObject()) body.fields[property.Name] = property.Value.Clone();
            return body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(ApiErrors.Unreadable(e is JsonException { LineNumber: { } line, BytePositionInLine: { } at } ? $"line {line + 1} column {at + 1}" : "not JSON"));
        }
    }

    private static async Task<ApiBody> OfFormAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var body = new ApiBody((IResult?)null);
            foreach (var (name, values) in await request.ReadFormAsync(ct))
                body.fields[name] = JsonSerializer.SerializeToElement(values.Count == 0 ? "" : values[^1]);
            return body;
        }
        catch (InvalidDataException)
        {
            return new(ApiErrors.Detail(StatusCodes.Status400BadRequest, "The form cannot be read."));
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (await stream.ReadAsync(buffer.GetMemory(4096), ct) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > Most) return null;
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.Number => "int",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "NoneType",
    };
}
