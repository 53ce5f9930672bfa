using System.Buffers.Binary;

namespace Crm.Web.Platform.Files;

/// <summary>Keeps of a photograph what it takes to draw it, its colours, and which way is up; whatever hangs behind its end goes too.</summary>
static class JpegCleaning
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static byte[]? Of(ReadOnlySpan<byte> content)
    {
        using var clean = new MemoryStream(content.Length);
        clean.Write(content[..2]);
        for (var at = 2; at + 1 < content.Length;)
        {
            if (content[at] != 0xFF) return null;
            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++; // padding
                continue;
            }
            if (marker == EndOfImage)
            {
                clean.Write(content.Slice(at, 2));
                return clean.ToArray();
            }
            if (at + 4 > content.Length || BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]) is var length && (length < 2 || at + 2 + length > content.Length)) return null;
            var segment = content.Slice(at, 2 + length);
            at += segment.Length;
            if (IsKept(marker, segment[4..])) clean.Write(segment);
            else if (OrientationOf(marker, segment[4..]) is > 1 and <= 8 and var way) WriteOrientation(clean, way);
            if (marker != StartOfScan) continue;
            var from = at;
            while (at + 1 < content.Length && (content[at] != 0xFF || content[at + 1] is 0 or (>= 0xD0 and <= 0xD7))) at++;
            clean.Write(content[from..at]);
        }
        return null;
    }

    // 0xE0 to 0xEF are for programs: JFIF, colour profile and Adobe's colour order are drawn by; 0xFE is a comment.
    private static bool IsKept(byte marker, ReadOnlySpan<byte> data) => marker switch
    {
        0xE0 => data.StartsWith("JFIF\0"u8),
        0xE2 => data.StartsWith("ICC_PROFILE\0"u8),
        0xEE => data.StartsWith("Adobe"u8),
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    private static ushort OrientationOf(byte marker, ReadOnlySpan<byte> data)
    {
        if (marker != 0xE1 || !data.StartsWith("Exif\0\0"u8) || data.Length < 14) return 0;
        var tiff = data[6..];
        var little = tiff.StartsWith("II"u8);
        var first = Long(tiff[4..]);
        if (first > tiff.Length - 2) return 0;
        for (int at = (int)first + 2, left = Short(tiff[(int)first..]); left > 0 && at + 12 <= tiff.Length; at += 12, left--)
            if (Short(tiff[at..]) == 0x0112) return Short(tiff[(at + 8)..]);
        return 0;

        ushort Short(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        uint Long(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static void WriteOrientation(MemoryStream clean, ushort way)
    {
        clean.Write([0xFF, 0xE1, 0, 34]);
        clean.Write("Exif\0\0MM\0*"u8);
        clean.Write([0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)way, 0, 0, 0, 0, 0, 0]);
    }
}
