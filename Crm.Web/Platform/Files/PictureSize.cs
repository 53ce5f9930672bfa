using System.Buffers.Binary;

namespace Crm.Web.Platform.Files;

/// <summary>How many pixels a picture has, from its head alone.</summary>
static class PictureSize
{
    public static (int Width, int Height)? Of(byte[] content, string contentType)
    {
        var size = contentType switch
        {
            FileTypes.Png => Png(content),
            FileTypes.Jpeg => Jpeg(content),
            FileTypes.Gif => content.Length < 10 ? null : (BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(8))),
            FileTypes.Webp => Webp(content),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> content) =>
        content.Length < 33 || !content[12..16].SequenceEqual("IHDR"u8) ? null
            : (BinaryPrimitives.ReadInt32BigEndian(content[16..]), BinaryPrimitives.ReadInt32BigEndian(content[20..]));

    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; at + 9 < content.Length;)
        {
            if (content[at] != 0xFF) return null;
            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            if (marker is 0xD9 or 0xDA) return null;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }
        return null;
    }

    private static (int Width, int Height)? Webp(ReadOnlySpan<byte> content)
    {
        if (content.Length < 30) return null;
        if (content[12..16].SequenceEqual("VP8X"u8)) return (1 + Three(content[24..]), 1 + Three(content[27..]));
        if (content[12..16].SequenceEqual("VP8 "u8))
            return (BinaryPrimitives.ReadUInt16LittleEndian(content[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[28..]) & 0x3FFF);
        if (!content[12..16].SequenceEqual("VP8L"u8)) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[21..]);
        return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
