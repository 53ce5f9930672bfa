using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Crm.Web.Tests.Platform.Files;

/// <summary>Files as programs write them, small.</summary>
static class SomeFiles
{
    public static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8.ToArray();

    /// <summary>What Windows runs.</summary>
    public static readonly byte[] Program = [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>A real picture of one colour, with an exif chunk and a text chunk that name a place.</summary>
    public static byte[] Png(int width = 2, int height = 2)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        Chunk(png, "IHDR", head);
        Chunk(png, "tEXt", Encoding.ASCII.GetBytes("Comment\0GPS 6.5244 N 3.3792 E"));
        Chunk(png, "eXIf", Encoding.ASCII.GetBytes("MM\0*GPS 6.5244"));
        using var rows = new MemoryStream();
        using (var zip = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
            for (var y = 0; y < Math.Min(height, 100); y++) zip.Write(new byte[1 + 3 * Math.Min(width, 100)]);
        Chunk(png, "IDAT", rows.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>The parts of a photograph: its place in EXIF with a way up, a comment, a scan, and a second picture hung behind its end.</summary>
    public static byte[] Jpeg(byte way = 6, ushort width = 16, ushort height = 8)
    {
        using var jpeg = new MemoryStream();
        jpeg.Write([0xFF, 0xD8]);
        Segment(jpeg, 0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"u8);
        Segment(jpeg, 0xE1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, way, 0, 0, 0, 0, 0, 0, 0, .. "GPS 6.5244"u8]);
        Segment(jpeg, 0xFE, "GPS 6.5244 N"u8);
        Segment(jpeg, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(jpeg, 0xDA, [1, 1, 0, 0, 63, 0]);
        jpeg.Write([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]);
        jpeg.Write("GPS 6.5244 behind the end"u8);
        return jpeg.ToArray();
    }

    public static byte[] Package(params (string Name, string Text)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        png.Write([.. length, .. body, .. sum]);
    }

    private static void Segment(MemoryStream jpeg, byte marker, ReadOnlySpan<byte> data)
    {
        jpeg.Write([0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2)]);
        jpeg.Write(data);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320u ^ crc >> 1 : crc >> 1;
        }
        return ~crc;
    }
}
