namespace Crm.Web.Platform.Pdf;

/// <summary>
/// The glyphs that one document uses of one font, renumbered from 0 in the order of first use. Every cluster gets a
/// number of its own, an accented one as a composite outline: so one number always means one text, and copying or
/// searching gives back exactly what was written, even where the replacement sign is drawn.
/// </summary>
internal sealed class FontSubset
{
    private const int Limit = 60_000;
    private readonly FontFile font;
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<SubsetGlyph> glyphs = [];

    public FontSubset(FontFile font)
    {
        this.font = font;
        glyphs.Add(new SubsetGlyph("", ClusterShape.Alone(font, 0)));
    }

    public FontFile Font => font;

    public IReadOnlyList<SubsetGlyph> Glyphs => glyphs;

    /// <returns>The number of the cluster's glyph in this subset.</returns>
    public int Number(string cluster)
    {
        if (numbers.TryGetValue(cluster, out var known)) return known;
        if (glyphs.Count >= Limit) return 0;

        glyphs.Add(new SubsetGlyph(cluster, ClusterShape.Of(font, cluster)));
        return numbers[cluster] = glyphs.Count - 1;
    }
}

/// <param name="Text">What the glyph stands for when text is copied out.</param>
internal sealed record SubsetGlyph(string Text, ClusterShape Shape)
{
    /// <summary>The one source glyph that it is, or none when it is put together or moved.</summary>
    public int? Plain => Shape.Parts is [{ X: 0, Y: 0 } only] ? only.Glyph : null;
}
