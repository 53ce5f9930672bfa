using System.Buffers.Binary;
using System.IO.Compression;

namespace Crm.Web.Platform.Pdf;

/// <summary>The parts of a PNG that a PDF can use: its size, its colours and, when it is transparent, its pixels.</summary>
internal sealed class PngFile
{
    private const int Grey = 0, Palette = 3, GreyAlpha = 4, Rgba = 6;
    private readonly MemoryStream pixels = new();
    private byte[] palette = [];
    private byte[] paletteAlpha = [];
    private int kind;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Bits { get; private set; }

    public bool Interlaced { get; private set; }

    public bool HasAlpha => kind is GreyAlpha or Rgba || paletteAlpha.Length > 0;

    public int Channels => kind switch { Grey or Palette => 1, GreyAlpha => 2, Rgba => 4, _ => 3 };

    /// <summary>The pixels as they stand in the file: filtered line by line, deflated.</summary>
    public byte[] Compressed => pixels.ToArray();

    public string ColourSpace => kind switch
    {
        Grey or GreyAlpha => "/DeviceGray",
        Palette => $"[/Indexed /DeviceRGB {palette.Length / 3 - 1} <{Convert.ToHexString(palette)}>]",
        _ => "/DeviceRGB",
    };

    public static PngFile? Read(byte[] data)
    {
        var png = new PngFile();
        for (var at = Signature.Length; at + 12 <= data.Length;)
        {
            var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at)));
            png.Take(data.AsSpan(at + 4, 4), data.AsSpan(at + 8, length));
            at += 12 + length;
        }
        var complete = png.Width > 0 && png.pixels.Length > 0 && (png.kind != Palette || png.palette.Length is >= 3 and <= 768);
        return complete && png.Bits is (1 or 2 or 4 or 8 or 16) ? png : null;
    }

    /// <returns>Whether the pixel data can be inflated and is as long as the size says.</returns>
    public bool IsWhole()
    {
        using var inflated = new ZLibStream(new MemoryStream(Compressed), CompressionMode.Decompress);
        var line = new byte[1 + (Width * Channels * Bits + 7) / 8];
        for (var y = 0; y < Height; y++) inflated.ReadExactly(line);
        return true;
    }

    /// <returns>The picture without transparency, and the opacity of each pixel.</returns>
    public (byte[] Colours, byte[] Mask) SplitAlpha()
    {
        var lines = Unfilter();
        var solid = kind == Palette ? 1 : Channels - 1;
        var (colours, mask) = (new byte[Width * Height * solid], new byte[Width * Height]);
        for (var i = 0; i < mask.Length; i++)
        {
            var pixel = lines.AsSpan(i * Channels, Channels);
            pixel[..solid].CopyTo(colours.AsSpan(i * solid));
            mask[i] = kind != Palette ? pixel[^1] : pixel[0] < paletteAlpha.Length ? paletteAlpha[pixel[0]] : byte.MaxValue;
        }
        return (colours, mask);
    }

    private void Take(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        if (type.SequenceEqual("IHDR"u8))
        {
            (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
            (Bits, kind, Interlaced) = (body[8], body[9], body[12] != 0);
        }
        else if (type.SequenceEqual("PLTE"u8)) palette = body.ToArray();
        else if (type.SequenceEqual("tRNS"u8) && kind == Palette) paletteAlpha = body.ToArray();
        else if (type.SequenceEqual("IDAT"u8)) pixels.Write(body);
    }

    private byte[] Unfilter()
    {
        var stride = Width * Channels;
        var lines = new byte[stride * Height];
        using var inflated = new ZLibStream(new MemoryStream(Compressed), CompressionMode.Decompress);
        ReadOnlySpan<byte> above = new byte[stride];
        for (var y = 0; y < Height; y++)
        {
            var filter = inflated.ReadByte();
            var line = lines.AsSpan(y * stride, stride);
            inflated.ReadExactly(line);
            for (var x = 0; x < stride; x++)
            {
                var left = x < Channels ? 0 : line[x - Channels];
                var corner = x < Channels ? 0 : above[x - Channels];
                line[x] += (byte)Guess(filter, left, above[x], corner);
            }
            above = line;
        }
        return lines;
    }

    private static int Guess(int filter, int left, int above, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => above,
        3 => (left + above) / 2,
        4 => Paeth(left, above, corner),
        _ => throw new InvalidDataException("Unknown PNG line filter."),
    };

    private static int Paeth(int left, int above, int corner)
    {
        var (byLeft, byAbove, byCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        if (byLeft <= byAbove && byLeft <= byCorner) return left;
        return byAbove <= byCorner ? above : corner;
    }
}
