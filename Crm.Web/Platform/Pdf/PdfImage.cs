using System.Buffers.Binary;

namespace Crm.Web.Platform.Pdf;

/// <summary>
/// A JPEG or PNG picture, checked and ready to be embedded. JPEG data goes in as it is; so does PNG data without
/// transparency. Interlaced PNG, transparent PNG of other than 8 bits or beyond 16 million pixels are not drawn.
/// </summary>
public sealed class PdfImage
{
    private const int LongestSide = 16_000, MostPixelsWithAlpha = 16_000_000;

    private PdfImage(int width, int height) => (PixelWidth, PixelHeight) = (width, height);

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    /// <summary>Dictionary entries beyond the size, filter included.</summary>
    internal string Entries { get; private init; } = "";

    internal byte[] Data { get; private init; } = [];

    /// <summary>Opacity of each pixel, compressed; none for an opaque picture.</summary>
    internal byte[]? Mask { get; private init; }

    /// <returns>The picture, or null when the bytes are none that can be drawn.</returns>
    public static PdfImage? TryRead(byte[] data)
    {
        try
        {
            if (data.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return Jpeg(data);
            return data.AsSpan().StartsWith(PngFile.Signature) && PngFile.Read(data) is { } png ? Png(png) : null;
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidDataException or OverflowException or IndexOutOfRangeException or IOException)
        {
            return null;
        }
    }

    internal int Write(PdfWriter writer)
    {
        var size = $"/Type /XObject /Subtype /Image /Width {PixelWidth} /Height {PixelHeight}";
        var mask = Mask is null ? "" : $" /SMask {writer.AddEncoded($"{size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", Mask)} 0 R";
        return writer.AddEncoded($"{size} {Entries}{mask}", Data);
    }

    private static bool IsDrawable(int width, int height) => width is > 0 and <= LongestSide && height is > 0 and <= LongestSide;

    private static PdfImage? Jpeg(byte[] data)
    {
        const int startOfScan = 0xDA;
        var adobe = false;
        for (var at = 2; data[at] == 0xFF;)
        {
            int marker = data[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker == startOfScan) return null;
            if (marker == 0xEE) adobe = true;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return JpegFrame(data, at + 4, adobe);
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at + 2));
        }
        return null;
    }

    private static PdfImage? JpegFrame(byte[] data, int at, bool adobe)
    {
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at + 1)), BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at + 3)));
        var space = data[at + 5] switch
        {
            1 => "/DeviceGray",
            3 => "/DeviceRGB",
            4 => adobe ? "/DeviceCMYK /Decode [1 0 1 0 1 0 1 0]" : "/DeviceCMYK",
            _ => null,
        };
        if (space is null || data[at] != 8 || !IsDrawable(width, height)) return null;
        return new PdfImage(width, height) { Entries = $"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode", Data = data };
    }

    private static PdfImage? Png(PngFile png)
    {
        if (png.Interlaced || !IsDrawable(png.Width, png.Height)) return null;
        if (png.HasAlpha)
        {
            if (png.Bits != 8 || png.Width * png.Height > MostPixelsWithAlpha) return null;
            var (colours, mask) = png.SplitAlpha();
            return new PdfImage(png.Width, png.Height)
            {
                Entries = $"/ColorSpace {png.ColourSpace} /BitsPerComponent 8 /Filter /FlateDecode",
                Data = PdfWriter.Compress(colours),
                Mask = PdfWriter.Compress(mask),
            };
        }
        if (!png.IsWhole()) return null;
        var predictor = $"/DecodeParms << /Predictor 15 /Colors {png.Channels} /BitsPerComponent {png.Bits} /Columns {png.Width} >>";
        return new PdfImage(png.Width, png.Height)
        {
            Entries = $"/ColorSpace {png.ColourSpace} /BitsPerComponent {png.Bits} /Filter /FlateDecode {predictor}",
            Data = png.Compressed,
        };
    }
}
