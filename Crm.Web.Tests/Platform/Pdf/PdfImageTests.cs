using System.Buffers.Binary;
using System.IO.Compression;
using Crm.Web.Platform.Pdf;
using QRCoder;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class PdfImageTests
{
    private const double Left = 54, Top = 58;

    [Theory]
    [InlineData("-jpeg")]
    [InlineData("-jpeg", "-gray")]
    [InlineData("-png")]
    [InlineData("-png", "-gray")]
    [InlineData("-png", "-mono")]
    public void A_picture_from_another_program_is_embedded_and_shown(params string[] format)
    {
        var page = SampleReport.Bytes(SampleReport.Empty().BarChart(["a"], [new("x", [1])], value => $"{value}", "One", 700));
        var image = PdfImage.TryRead(PdfTools.RenderFile(page, format));

        Assert.NotNull(image);
        var pdf = SampleReport.Bytes(SampleReport.Empty().Image(image, 200, "A green bar"));
        PdfTools.Check(pdf);
        Assert.True(PdfTools.Render(pdf).IsInk(Left + 102, Top + 150), "the bar's colour is missing");
        Assert.False(PdfTools.Render(pdf).IsInk(Left + 102, Top + 4));
    }

    [Theory]
    [InlineData(0, new byte[] { 40 })]
    [InlineData(2, new byte[] { 40, 80, 120 })]
    [InlineData(4, new byte[] { 40, 255 })]
    [InlineData(6, new byte[] { 40, 80, 120, 255 })]
    public void A_png_of_each_kind_keeps_its_colour(int kind, byte[] pixel)
    {
        for (var filter = 0; filter <= 4; filter++)
        {
            var image = PdfImage.TryRead(Png(kind, pixel, filter))!;
            var pdf = SampleReport.Bytes(SampleReport.Empty().Image(image, 100, "A square"));

            PdfTools.Check(pdf);
            var seen = PdfTools.Render(pdf).At(Left + 50, Top + 50);
            Assert.Equal(pixel.Length < 3 ? ((byte)40, (byte)40, (byte)40) : ((byte)40, (byte)80, (byte)120), seen);
        }
    }

    [Fact]
    public void A_transparent_png_lets_the_paper_through()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Image(PdfImage.TryRead(Png(6, [0, 0, 0, 0]))!, 100, "Glass"));

        PdfTools.Check(pdf);
        Assert.Equal(((byte)255, (byte)255, (byte)255), PdfTools.Render(pdf).At(Left + 50, Top + 50));
    }

    [Fact]
    public void A_png_with_a_palette_keeps_colours_and_transparency()
    {
        byte[] palette = [0, 0, 0, 40, 80, 120];

        var solid = SampleReport.Bytes(SampleReport.Empty().Image(PdfImage.TryRead(Png(3, [1], palette: palette))!, 100, "Square"));
        var clear = SampleReport.Bytes(SampleReport.Empty().Image(PdfImage.TryRead(Png(3, [1], palette: palette, paletteAlpha: [255, 0]))!, 100, "Glass"));

        PdfTools.Check(solid);
        PdfTools.Check(clear);
        Assert.Equal(((byte)40, (byte)80, (byte)120), PdfTools.Render(solid).At(Left + 50, Top + 50));
        Assert.Equal(((byte)255, (byte)255, (byte)255), PdfTools.Render(clear).At(Left + 50, Top + 50));
    }

    [Fact]
    public void What_is_no_picture_is_refused_without_failing()
    {
        var whole = Png(6, [1, 2, 3, 4]);
        Assert.Null(PdfImage.TryRead([]));
        Assert.Null(PdfImage.TryRead("<svg/>"u8.ToArray()));
        Assert.Null(PdfImage.TryRead([0xFF, 0xD8]));
        Assert.Null(PdfImage.TryRead([0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8]));
        Assert.Null(PdfImage.TryRead(Png(6, [1, 2, 3, 4], size: 70_000)));
        for (var length = 0; length < whole.Length - 30; length++) Assert.Null(PdfImage.TryRead(whole[..length]));
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(8, damaged.Length)] ^= (byte)(1 << random.Next(8));
            PdfImage.TryRead(damaged);
        }
    }

    [Fact]
    public void A_picture_taller_than_a_page_is_made_to_fit()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph("Before").Image(PdfImage.TryRead(Png(0, [9], width: 1, size: 400))!, 500, "Tower"));

        PdfTools.Check(pdf);
        Assert.Equal(2, PdfTools.Pages(pdf));
    }

    [Fact]
    public void A_logo_stands_at_the_head_of_a_letter()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Letterhead("Karibu Foods", ["12 Market Street"], PdfImage.TryRead(Png(2, [40, 80, 120]))));

        PdfTools.Check(pdf);
        Assert.Equal(((byte)40, (byte)80, (byte)120), PdfTools.Render(pdf).At(Left + 20, Top + 20));
        Assert.Contains("12 Market Street", PdfTools.Text(pdf));
    }

    [Fact]
    public void A_qr_code_is_drawn_square_by_square()
    {
        const string content = "https://karibu.example/me/card/Nkẹ́chi";
        var pdf = SampleReport.Bytes(SampleReport.Empty().Qr(content, "My card"));

        var picture = PdfTools.Render(pdf, dotsPerInch: 288);
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var count = code.ModuleMatrix.Count - 8;
        for (var row = 0; row < count; row++)
            for (var column = 0; column < count; column++)
                Assert.Equal(code.ModuleMatrix[row + 4][column + 4],
                    picture.IsInk(4 * (Left + 84.0 * (column + 0.5) / count), 4 * (Top + 84.0 * (row + 0.5) / count)));
    }

    [Fact]
    public void A_text_too_long_for_a_qr_code_is_refused_by_name() =>
        Assert.Throws<ArgumentException>(() => SampleReport.Empty().Qr(new string('x', 4000), "Too much"));

    private static byte[] Png(int kind, byte[] pixel, int filter = 0, int size = 8, int? width = null, byte[]? palette = null, byte[]? paletteAlpha = null)
    {
        var across = width ?? size;
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, across);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        (header[8], header[9]) = (8, (byte)kind);
        Chunk("IHDR"u8, header);
        if (palette is not null) Chunk("PLTE"u8, palette);
        if (paletteAlpha is not null) Chunk("tRNS"u8, paletteAlpha);
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
            for (var y = 0; y < Math.Min(size, 500); y++) zlib.Write(Line(y));
        Chunk("IDAT"u8, pixels.ToArray());
        Chunk("IEND"u8, []);
        return file.ToArray();

        byte[] Line(int y)
        {
            var line = new byte[1 + Math.Min(across, 500) * pixel.Length];
            line[0] = (byte)filter;
            for (var i = 1; i < line.Length; i++)
            {
                var value = pixel[(i - 1) % pixel.Length];
                var left = i > pixel.Length ? value : 0;
                var (above, corner) = (y > 0 ? value : 0, y > 0 ? left : 0);
                line[i] = (byte)(value - filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Nearest(left, above, corner) });
            }
            return line;
        }

        static int Nearest(int left, int above, int corner)
        {
            var guess = left + above - corner;
            return Math.Abs(guess - left) <= Math.Abs(guess - above) && Math.Abs(guess - left) <= Math.Abs(guess - corner) ? left
                : Math.Abs(guess - above) <= Math.Abs(guess - corner) ? above : corner;
        }

        void Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
            file.Write(length);
            file.Write(type);
            file.Write(body);
            file.Write([0, 0, 0, 0]);
        }
    }
}
