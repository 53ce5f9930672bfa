using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crm.Web.Platform.Outbox;

/// <summary>How bodies are written: names as they are, not escaped letter by letter.</summary>
static class OutboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
