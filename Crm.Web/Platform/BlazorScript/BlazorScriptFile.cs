using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Platform.BlazorScript;

/// <summary>The script as it goes out: patched once, compressed once, named by its content. A singleton.</summary>
public sealed class BlazorScriptFile
{
    /// <summary>Reads and prepares the script; on a build with the SDK's own there is nothing to prepare.</summary>
    public BlazorScriptFile() : this(EmbeddedScript.Location)
    {
    }

    internal BlazorScriptFile(string assemblyFile)
    {
        if (!File.Exists(assemblyFile)) return;
        var script = ScriptPatch.Apply(EmbeddedScript.Read(assemblyFile));
        Plain = Encoding.UTF8.GetBytes(script);
        Brotli = Squeeze(Plain, inner => new BrotliStream(inner, CompressionLevel.SmallestSize));
        Gzip = Squeeze(Plain, inner => new GZipStream(inner, CompressionLevel.SmallestSize));
        Version = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];
    }

    /// <summary>True when this application serves the script itself.</summary>
    public bool IsOurs => Version.Length > 0;

    /// <summary>First part of the content's hash.</summary>
    public string Version { get; } = "";

    /// <summary>What a page writes into its script tag: changes with the content, so it may be kept for ever.</summary>
    public string Url => IsOurs ? $"{EmbeddedScript.ResourceName}?v={Version}" : EmbeddedScript.ResourceName;

    internal byte[] Plain { get; } = [];

    internal byte[] Brotli { get; } = [];

    internal byte[] Gzip { get; } = [];

    private static byte[] Squeeze(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var result = new MemoryStream();
        using (var stream = compressor(result)) stream.Write(bytes);
        return result.ToArray();
    }
}
