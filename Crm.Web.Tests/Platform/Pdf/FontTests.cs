using System.Text;
using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

public sealed class FontTests
{
    [Theory]
    [InlineData("Yoruba", "AÁÀBDEÉÈẸFGGbHIÍÌJKLMNOÓÒỌPRSṢTUÚÙWYaáàbdeéèẹfghiíìjklmnoóòọprsṣtuúùwyńǹḿ")]
    [InlineData("Igbo", "AÁÀBCDEÉÈFGHIÍÌỊJKLMNṄOÓÒỌPRSTUÚÙỤVWYZaáàịṅọụñ")]
    [InlineData("Gikuyu", "AaBbCcDdEeGgHhIiĨĩJjKkMmNnOoRrTtUuŨũWwYy")]
    [InlineData("Haitian Kreyòl", "àÀèÈòÒéÉ")]
    [InlineData("French", "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’")]
    [InlineData("Wolof", "àÀãÃéÉëËñÑŋŊóÓ")]
    [InlineData("Polish", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")]
    [InlineData("Hausa and Twi", "ɓɗƙƴƁƊƘƳɛɔƐƆ")]
    [InlineData("Swahili and Spanish", "ñáéíóúü¿¡")]
    [InlineData("Signs", "£€₦₵$¢¥–—“”‘’…·•°×½%№\u00A0\u202F\uFFFD")]
    public void Both_weights_have_the_letters_of(string language, string letters)
    {
        foreach (var font in new[] { NotoSans.Regular, NotoSans.Bold })
            foreach (var letter in letters.EnumerateRunes())
                Assert.True(font.Glyph(letter) != 0, $"{language}: {font.Name} has no {letter}");
    }

    [Theory]
    [InlineData("ẹ\u0301")]
    [InlineData("m\u0300")]
    [InlineData("Ọ\u0301")]
    [InlineData("n\u0308")]
    public void An_accent_stands_above_the_middle_of_its_letter(string cluster)
    {
        foreach (var font in new[] { NotoSans.Regular, NotoSans.Bold })
        {
            var parts = ClusterShape.Of(font, cluster).Parts;

            Assert.Equal(2, parts.Length);
            var (letter, accent) = (font.Box(parts[0].Glyph), font.Box(parts[1].Glyph).Shift(parts[1].X, parts[1].Y));
            Assert.InRange((accent.XMin + accent.XMax - letter.XMin - letter.XMax) / 2, -120, 120);
            Assert.InRange(accent.YMin, letter.YMax, letter.YMax + 150);
        }
    }

    [Fact]
    public void A_second_accent_stands_on_the_first_one()
    {
        var parts = ClusterShape.Of(NotoSans.Regular, "x\u0301\u0304").Parts;

        Assert.True(NotoSans.Regular.Box(parts[2].Glyph).YMin + parts[2].Y >= NotoSans.Regular.Box(parts[1].Glyph).YMax + parts[1].Y);
    }

    [Theory]
    [InlineData("ị\u0301", 'ı')]
    [InlineData("j\u0301", 'ȷ')]
    [InlineData("i\u0323", 'i')]
    public void An_i_loses_its_dot_under_an_accent_only(string cluster, char drawn) =>
        Assert.Equal(NotoSans.Regular.Glyph(new Rune(drawn)), ClusterShape.Of(NotoSans.Regular, cluster).Parts[0].Glyph);

    [Fact]
    public void A_mark_that_the_font_has_no_anchor_for_is_centred()
    {
        var parts = ClusterShape.Of(NotoSans.Regular, "₦\u0301").Parts;

        var (sign, accent) = (NotoSans.Regular.Box(parts[0].Glyph), NotoSans.Regular.Box(parts[1].Glyph).Shift(parts[1].X, parts[1].Y));
        Assert.InRange((accent.XMin + accent.XMax - sign.XMin - sign.XMax) / 2, -60, 60);
        Assert.True(accent.YMin >= sign.YMax);
    }

    [Fact]
    public void A_minus_is_as_wide_as_a_plus_and_at_its_height()
    {
        var font = NotoSans.Regular;
        var minus = ClusterShape.Of(font, "−");

        var (bar, plus) = (font.Box(minus.Parts[0].Glyph).Shift(minus.Parts[0].X, minus.Parts[0].Y), font.Box(font.Glyph(new Rune('+'))));
        Assert.Equal(font.Advance(font.Glyph(new Rune('+'))), minus.Advance);
        Assert.InRange(bar.YMin + bar.YMax - plus.YMin - plus.YMax, -2, 2);
    }

    [Fact]
    public void A_subset_is_a_font_of_its_own_with_only_what_was_used()
    {
        var subset = new FontSubset(NotoSans.Regular);
        foreach (var cluster in new[] { "A", "ẹ\u0301", "ẹ", "−", "🍲", "A" }) subset.Number(cluster);

        var file = FontSubsetFile.Write(subset);

        Assert.Equal(6, subset.Glyphs.Count);
        Assert.InRange(file.Length, 400, 4000);
        Assert.Equal(0xB1B0AFBA, Sum(file));
    }

    private static uint Sum(byte[] file) =>
        Enumerable.Range(0, file.Length / 4).Aggregate(0u, (sum, i) => sum + new FontBytes(file, 4 * i).U32(0));
}
