using System.Text;
using System.Text.Json;
using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class PdfTextTests
{
    [Theory]
    [InlineData("Ọláyínká Adébáyọ̀")]
    [InlineData("Nkẹ́chi Ọ́kọ́nkwọ")]
    [InlineData("Ị́jẹ̀ọ́má, ụ̀tụ́tụ̀")]
    [InlineData("Ngũgĩ wa Mũrĩithi")]
    [InlineData("Kreyòl ayisyen: mèsi anpil, pwason, diri ak sòs pwa")]
    [InlineData("Français : œuf, garçon, Noël, où, août")]
    [InlineData("Wolof: ñaari nit, jërëjëf, ŋ, lëf")]
    [InlineData("Zażółć gęślą jaźń")]
    [InlineData("£12.50 € 9,90 ₦4,500 ₵80 −3.5 % 10–12 “so” — ‘so’ … ½ × ° №")]
    [InlineData("1 234,50 € (narrow space) and 5 kg (no break)")]
    public void What_people_write_comes_back_letter_by_letter(string text)
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph(text));

        PdfTools.Check(pdf);
        Assert.Contains(Comparable(text), Comparable(PdfTools.Flowing(pdf)), StringComparison.Ordinal);
    }

    [Fact]
    public void Accents_written_apart_and_together_look_and_read_the_same()
    {
        const string name = "Nkẹ́chi Ọláyínká";

        Assert.Equal(
            SampleReport.Bytes(SampleReport.Empty().Paragraph(name.Normalize(NormalizationForm.FormC))),
            SampleReport.Bytes(SampleReport.Empty().Paragraph(name.Normalize(NormalizationForm.FormD))));
    }

    [Theory]
    [InlineData("🍲")]
    [InlineData("👩🏾‍🍳")]
    [InlineData("木薯")]
    [InlineData("שלום")]
    [InlineData("مرحبا")]
    public void A_character_without_a_glyph_is_shown_as_a_sign_and_can_still_be_copied(string text)
    {
        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph($"Fish {text} soup"));

        PdfTools.Check(pdf);
        Assert.NotEqual(SampleReport.Bytes(SampleReport.Empty().Paragraph("Fish  soup")), pdf);
        Assert.StartsWith("Fish ", PdfTools.Flowing(pdf), StringComparison.Ordinal);
        Assert.Contains(" soup", PdfTools.Flowing(pdf), StringComparison.Ordinal);
        foreach (var rune in text.EnumerateRunes().Where(rune => rune.Value != 0x200D))
            Assert.Contains(rune.ToString(), PdfTools.Text(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void Controls_broken_halves_and_invisible_signs_are_dropped_or_replaced()
    {
        Assert.Equal(["a", "b", " ", "c", "\uFFFD", "\uFFFD", "d"], TextClusters.Split("a\u0000\u0007b\tc\uD83C\uFFFE\u200B\u202E\uFEFFd"));
        Assert.Empty(TextClusters.Split("\u200D\u0001"));
    }

    [Fact]
    public void A_heap_of_accents_on_one_letter_is_bounded()
    {
        var clusters = TextClusters.Split("a" + new string('\u0301', 5000) + "b").ToList();

        Assert.Equal(2, clusters.Count);
        Assert.True(clusters[0].Length <= 12);
    }

    [Fact]
    public void A_word_wider_than_the_page_is_broken_and_complete()
    {
        var word = string.Concat(Enumerable.Range(0, 400).Select(i => (char)('a' + i % 26)));

        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph(word));

        var lines = PdfTools.Text(pdf).Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1];
        Assert.True(lines.Length > 3);
        Assert.Equal(word, string.Concat(lines));
    }

    [Fact]
    public void Lines_break_at_spaces_and_after_hyphens_and_keep_their_own_breaks()
    {
        var style = new TextStyle(new PdfFont(NotoSans.Regular, "R"), 10, default);

        Assert.Equal(3, TextLine.Wrap(style, "one\r\ntwo\u2028three", 500).Count);
        Assert.Equal(2, TextLine.Wrap(style, "Jean-Baptiste", TextLine.Fit(style, "Jean-Bap").Width).Count);
        Assert.Single(TextLine.Wrap(style, "", 500));
        Assert.All(TextLine.Wrap(style, string.Concat(Enumerable.Repeat("plantain and yam ", 50)), 120), line => Assert.True(line.Width <= 120));
    }

    [Fact]
    public void A_long_label_is_shortened_with_dots_to_its_room()
    {
        var style = new TextStyle(new PdfFont(NotoSans.Regular, "R"), 10, default);

        var line = TextLine.Fit(style, new string('m', 200), 100);

        Assert.InRange(line.Width, 80, 100);
    }

    [Fact]
    public void A_paragraph_longer_than_a_page_goes_on_overleaf()
    {
        var words = Enumerable.Range(1, 2500).Select(i => $"w{i}").ToList();

        var pdf = SampleReport.Bytes(SampleReport.Empty().Paragraph(string.Join(' ', words)));

        Assert.True(PdfTools.Pages(pdf) > 1);
        Assert.Equal(words, PdfTools.Flowing(pdf).Split(' ').Where(word => word.StartsWith('w')));
    }

    [Fact]
    public void Hostile_text_in_every_place_gives_a_sound_file()
    {
        var naughty = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "naughty-strings", "blns.json")))!;
        var document = new PdfDocument(PdfPage.Letter, SampleReport.Theme, new PdfInfo(string.Concat(naughty), "(\\)<>", "en)(", DateTime.UnixEpoch));

        foreach (var text in naughty)
            document.Heading(text).Paragraph(text).Details((text, text)).Facts(new PdfFact(text, text, text));
        document.Title(naughty[^1], naughty[^2])
            .Letterhead(naughty[100], naughty)
            .Table([new(naughty[200]), new(naughty[300], 2), PdfColumn.Number(string.Concat(naughty[..50]))], naughty.Select(text => new PdfCell[] { text, text, text }))
            .Ranking([.. naughty.Select((text, i) => new PdfBar(text, i, text))])
            .LineChart(naughty, [new(naughty[400], [1, 2, 3])], _ => naughty[410], string.Concat(naughty))
            .Qr(naughty[480], naughty[490])
            .Footer(string.Concat(naughty), (_, _) => naughty[420]);

        PdfTools.Check(SampleReport.Bytes(document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uD800")]
    [InlineData("\uDC00\uD800")]
    [InlineData("\u0301\u0301")]
    [InlineData("\uFFFF\uFDD0\u0000\u001B[31m")]
    [InlineData("\u202Eevil\u202C\u2066\u2069")]
    [InlineData("\r\r\n\n\u0085\u2028\u2029\v\f")]
    [InlineData("Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮")]
    public void Broken_text_gives_a_sound_file(string text)
    {
        var info = new PdfInfo(text, text, text, DateTime.UnixEpoch);

        PdfTools.Check(SampleReport.Bytes(new PdfDocument(PdfPage.A4, SampleReport.Theme, info)
            .Title(text, text).Paragraph(text).Table([new(text)], [[text]], [text]).Footer(text, (_, _) => text)));
    }

    [Fact]
    public void Random_text_gives_a_sound_file_and_never_fails()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var document = SampleReport.Empty();
            for (var i = 0; i < 10; i++)
                document.Paragraph(string.Concat(Enumerable.Range(0, 200).Select(_ => (char)random.Next(1 << 16))));

            PdfTools.Check(SampleReport.Bytes(document));
        }
    }

    private static string Comparable(string text) => text.Normalize(NormalizationForm.FormC).Replace('\u202F', ' ').Replace('\u00A0', ' ');
}
