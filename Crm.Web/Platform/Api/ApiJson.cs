using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Web.Platform.Api;

/// <summary>How the API writes JSON: snake_case, text as it is, instants as 2024-10-12T10:30:00Z.</summary>
public static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Shape(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Makes options write so; also those that describe the API.</summary>
    public static JsonSerializerOptions Shape(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        // It is never part of a page: the type is application/json, and nobody may guess another.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantText());
        return options;
    }

    public static IResult Ok<T>(T value) => Of(value, StatusCodes.Status200OK);

    public static IResult Created<T>(T value) => Of(value, StatusCodes.Status201Created);

    public static IResult Of<T>(T value, int status) => TypedResults.Json(value, Options, statusCode: status);

    private sealed class InstantText : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.Parse(reader.GetString() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(
            value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }
}
