namespace Crm.Web.Platform.Text;

/// <summary>Whether a part of a text stayed, came or went.</summary>
public enum DiffKind { Same, Added, Removed }

/// <summary>A part of two texts laid over each other.</summary>
public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>Shows what changed between two texts, word by word; texts of many words are shown whole, one after the other.</summary>
public static class TextDiff
{
    private const int MostWords = 600;

    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        var (a, b) = (Words(before), Words(after));
        if (a.Count > MostWords || b.Count > MostWords) return [new(DiffKind.Removed, before), new(DiffKind.Added, after)];

        // how many words the rests from here on have in common
        var common = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
            for (var j = b.Count - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var parts = new List<DiffPart>();
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            if (i < a.Count && j < b.Count && a[i] == b[j]) Put(parts, DiffKind.Same, a[i++], ref j);
            else if (i < a.Count && (j == b.Count || common[i + 1, j] >= common[i, j + 1])) Put(parts, DiffKind.Removed, a[i++]);
            else Put(parts, DiffKind.Added, b[j++]);
        }
        return parts;
    }

    private static void Put(List<DiffPart> parts, DiffKind kind, string word, ref int other)
    {
        other++;
        Put(parts, kind, word);
    }

    private static void Put(List<DiffPart> parts, DiffKind kind, string word)
    {
        if (parts.Count > 0 && parts[^1].Kind == kind) parts[^1] = parts[^1] with { Text = parts[^1].Text + word };
        else parts.Add(new DiffPart(kind, word));
    }

    // Each word with the blanks behind it, so that the parts together are the text.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var from = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            words.Add(text[from..at]);
        }
        return words;
    }
}
