using System.Buffers;
using Crm.Data;
using Crm.Data.Files;

namespace Crm.Web.Platform.Files;

/// <summary>Names of files as they may be kept and sent: no path, no sign that a computer gives a meaning to.</summary>
static class FileNames
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("<>:\"|?*");

    public static string Clean(string? name)
    {
        var last = CleanText.Of((name ?? "").Replace('\\', '/')).Split('/')[^1].Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
        var kept = new string([.. last.Where(c => !Signs.Contains(c))]).Trim().Trim('.').Trim();
        if (CleanText.Typed(kept) is null) return "file";
        if (kept.Length <= StoredFile.NameLength) return kept;
        var ending = Path.GetExtension(kept) is { Length: <= 10 } short10 ? short10 : "";
        return CleanText.Cut(kept, StoredFile.NameLength - ending.Length) + ending;
    }

    /// <summary>A name that ends as its content is: "menu.exe" that is a picture becomes "menu.exe.png".</summary>
    public static string WithEnding(string clean, string contentType)
    {
        if (FileTypes.Fits(contentType, clean)) return clean;
        var ending = FileTypes.EndingOf(contentType);
        return CleanText.Cut(clean, StoredFile.NameLength - ending.Length) + ending;
    }
}
