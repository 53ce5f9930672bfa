using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class PdfDocumentTests
{
    [Fact]
    public void A_report_with_every_block_is_a_sound_file()
    {
        var pdf = SampleReport.Bytes(SampleReport.Build());

        PdfTools.Check(pdf);
        var text = PdfTools.Flowing(pdf);
        Assert.Contains("Sales in November 2026", text);
        Assert.Contains("−$0.40 on last year", text);
        Assert.Contains("Scan to open this report", text);
        Assert.True(pdf.Length < 60_000, $"{pdf.Length} bytes");
    }

    [Fact]
    public void A_document_without_a_block_is_one_empty_sound_page()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty());

        PdfTools.Check(pdf);
        Assert.Equal("1 / 1", PdfTools.Flowing(pdf));
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes() =>
        Assert.Equal(SampleReport.Bytes(SampleReport.Build()), SampleReport.Bytes(SampleReport.Build()));

    [Fact]
    public void Saving_twice_writes_the_same_file()
    {
        var document = SampleReport.Build();

        Assert.Equal(SampleReport.Bytes(document), SampleReport.Bytes(document));
    }

    [Fact]
    public void Nothing_can_be_added_to_a_saved_document()
    {
        var document = SampleReport.Empty();
        document.Save(Stream.Null);

        Assert.Throws<InvalidOperationException>(() => document.Paragraph("Too late"));
    }

    [Fact]
    public async Task Saving_to_a_response_writes_without_blocking()
    {
        var response = new AsyncOnlyStream();

        await SampleReport.Build().SaveAsync(response, CancellationToken.None);

        Assert.Equal(SampleReport.Bytes(SampleReport.Build()), response.ToArray());
    }

    [Fact]
    public void Fonts_are_embedded_subset_and_searchable()
    {
        var fonts = PdfTools.Fonts(SampleReport.Bytes(SampleReport.Build())).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];

        Assert.Equal(2, fonts.Length);
        Assert.All(fonts, font => Assert.Matches(@"^[A-Z]{6}\+NotoSans-(Regular|Bold)\s+CID TrueType\s+Identity-H\s+yes yes yes", font));
    }

    [Fact]
    public void The_file_tells_title_author_date_and_language()
    {
        var pdf = SampleReport.Bytes(new PdfDocument(PdfPage.A4, SampleReport.Theme,
            new PdfInfo("Vant nan novanm", "Manje Kreyòl", "ht", new DateTime(2026, 12, 1, 8, 30, 0, DateTimeKind.Utc))));

        var info = PdfTools.Info(pdf, "-isodates");
        Assert.Matches(@"Title:\s+Vant nan novanm\n", info);
        Assert.Matches(@"Author:\s+Manje Kreyòl\n", info);
        Assert.Matches(@"CreationDate:\s+2026-12-01T08:30:00Z?\n", info);
        Assert.Matches(@"Tagged:\s+yes\n", info);
        Assert.Matches(@"/Lang (<feff00680074>|\(ht\))", PdfTools.Unpacked(pdf));
    }

    [Theory]
    [InlineData("A4", "595.28 x 841.89")]
    [InlineData("Letter", "612 x 792")]
    public void Pages_have_the_asked_size(string name, string points)
    {
        var page = name == "A4" ? PdfPage.A4 : PdfPage.Letter;

        var pdf = SampleReport.Bytes(new PdfDocument(page, SampleReport.Theme, SampleReport.Info).Paragraph("Hello"));

        Assert.Contains(points, PdfTools.Info(pdf));
    }

    [Fact]
    public void Every_page_says_which_of_how_many_it_is()
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph("One").PageBreak().Paragraph("Two").PageBreak().Paragraph("Three")
            .Footer("Karibu Foods", (page, of) => $"Page {page} of {of}"));

        Assert.Equal(3, PdfTools.Pages(pdf));
        for (var page = 1; page <= 3; page++)
        {
            var text = PdfTools.Text(pdf, page);
            Assert.Contains($"Page {page} of 3", text);
            Assert.Contains("Karibu Foods", text);
            Assert.Equal(page > 1, text.Contains(SampleReport.Info.Title));
        }
    }

    [Fact]
    public void A_heading_never_stands_alone_at_the_foot_of_a_page()
    {
        for (var lines = 26; lines < 38; lines++)
        {
            var document = SampleReport.Empty();
            for (var i = 0; i < lines; i++) document.Paragraph("A short line.");
            var pdf = SampleReport.Bytes(document.Heading("Held back").Paragraph("What it heads."));

            var page = PdfTools.Text(pdf, 1).Contains("Held back") ? 1 : 2;
            Assert.Contains("What it heads.", PdfTools.Text(pdf, page));
        }
    }

    [Fact]
    public void A_heading_with_nothing_after_it_is_still_printed() =>
        Assert.Contains("The end", PdfTools.Text(SampleReport.Bytes(SampleReport.Empty().Heading("The end"))));

    [Fact]
    public void A_screen_reader_meets_headings_cells_and_the_words_of_a_chart()
    {
        var tree = PdfTools.Info(SampleReport.Bytes(SampleReport.Build()), "-struct-text");

        Assert.Contains("H1", tree);
        Assert.Contains("\"Sales in November 2026\"", tree);
        Assert.Contains("TH", tree);
        Assert.Contains("\"Ọfada rice, 5 kg\"", tree);
        Assert.Contains("Figure", tree);
        Assert.Contains($"/Alt <feff{PdfSyntax.Utf16("Saturday is the busiest day").ToLowerInvariant()}", PdfTools.Unpacked(SampleReport.Bytes(SampleReport.Build())));
    }

    [Fact]
    public void A_theme_is_read_from_the_light_tokens()
    {
        Assert.Equal(new PdfColour(0x23, 0x1C, 0x16), SampleReport.Theme.Text);
        Assert.Equal(new PdfColour(0x9C, 0x90, 0x82), SampleReport.Theme.SeriesBefore);
    }

    [Theory]
    [InlineData(":root { --c-text: #12345; }")]
    [InlineData("--c-text: #12345Z")]
    [InlineData("")]
    public void A_style_sheet_without_the_needed_colours_is_refused(string css) =>
        Assert.Throws<FormatException>(() => PdfTheme.FromTokens(css));

    private sealed class AsyncOnlyStream : Stream
    {
        private readonly MemoryStream written = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public byte[] ToArray() => written.ToArray();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
