using System.Buffers.Binary;
using System.Text;

namespace Crm.Web.Platform.Files;

/// <summary>
/// Takes out of a picture what tells where, when and with what it was taken, part by part, without touching the picture itself: all but
/// what it takes to draw it. A photograph keeps which way is up.
/// </summary>
static class PictureCleaning
{
    private static readonly string[] PngKept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"];

    /// <summary>The clean picture, or null when its parts do not add up.</summary>
    public static byte[]? Of(byte[] content, string contentType) => contentType switch
    {
        FileTypes.Png => Png(content),
        FileTypes.Jpeg => JpegCleaning.Of(content),
        FileTypes.Webp => Webp(content),
        _ => content,
    };

    private static byte[]? Png(ReadOnlySpan<byte> content)
    {
        using var clean = new MemoryStream(content.Length);
        clean.Write(content[..8]);
        for (var at = 8; at + 12 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (length > content.Length - at - 12) return null;
            var chunk = content.Slice(at, (int)length + 12);
            var name = Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (PngKept.Contains(name)) clean.Write(chunk);
            if (name == "IEND") return clean.ToArray();
            at += chunk.Length;
        }
        return null;
    }

    private static byte[]? Webp(ReadOnlySpan<byte> content)
    {
        using var clean = new MemoryStream(content.Length);
        clean.Write(content[..12]);
        for (var at = 12; at + 8 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 4)..]);
            if (length > content.Length - at - 8) return null;
            var chunk = content.Slice(at, Math.Min((int)length + 8 + (int)(length & 1), content.Length - at));
            if (!chunk.StartsWith("EXIF"u8) && !chunk.StartsWith("XMP "u8)) clean.Write(chunk);
            at += chunk.Length;
        }
        var bytes = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        if (bytes.Length > 21 && bytes.AsSpan(12).StartsWith("VP8X"u8)) bytes[20] &= 0xF3; // no longer says that it holds them
        return bytes;
    }
}
