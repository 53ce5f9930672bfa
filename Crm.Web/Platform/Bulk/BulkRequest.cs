using System.Text.Json;

namespace Crm.Web.Platform.Bulk;

/// <summary>What a run was started with: the rows as they matched at the start, all of them, and what to do.</summary>
sealed record BulkRequest(string What, string Rows)
{
    private const int GuidBytes = 16;

    public static string Write(string what, IReadOnlyList<Guid> ids)
    {
        var bytes = new byte[ids.Count * GuidBytes];
        for (var at = 0; at < ids.Count; at++) ids[at].TryWriteBytes(bytes.AsSpan(at * GuidBytes));
        return JsonSerializer.Serialize(new BulkRequest(what, Convert.ToBase64String(bytes)));
    }

    public static (string What, Guid[] Ids) Read(string json)
    {
        var request = JsonSerializer.Deserialize<BulkRequest>(json)!;
        var bytes = Convert.FromBase64String(request.Rows);
        return (request.What, [.. Enumerable.Range(0, bytes.Length / GuidBytes).Select(at => new Guid(bytes.AsSpan(at * GuidBytes, GuidBytes)))]);
    }
}
