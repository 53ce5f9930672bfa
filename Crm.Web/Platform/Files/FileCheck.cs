using System.Globalization;
using Crm.Data.Files;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Files;

/// <summary>A file that is taken, as it will be kept.</summary>
sealed record GoodFile(string Name, string ContentType, byte[] Content);

/// <summary>
/// Decides by content whether a file is taken: what can run, and what nobody knows, is not, whatever its name says. Pictures lose where
/// and with what they were taken, and must not be so large that a browser dies of them.
/// </summary>
static class FileCheck
{
    /// <summary>Of all pixels; more than any phone makes below 10 MB.</summary>
    public const long MostPixels = 120_000_000;

    /// <summary>The refusal of a file that is too large, to be asked before it is read.</summary>
    public static InvalidError? TooLarge(string name, long bytes, string field) => bytes <= StoredFile.MaxBytes ? null
        : new InvalidError(field, string.Create(CultureInfo.InvariantCulture, $"“{FileNames.Clean(name)}” is {bytes / 1048576.0:0.#} MB. A file may be {StoredFile.MaxBytes / 1048576} MB at most."));

    public static Result<GoodFile> Of(NewFile file, string field)
    {
        var name = FileNames.Clean(file.Name);
        if (TooLarge(file.Name, file.Content.Length, field) is { } tooLarge) return tooLarge;
        if (file.Content.Length == 0) return new InvalidError(field, $"“{name}” is empty.");
        if (FileSniffer.TypeOf(file.Content, name) is not { } type) return new InvalidError(field, $"“{name}” cannot be taken. {(FileTypes.IsNamed(name) ? "It is not the kind of file that its name says." : $"What can be attached: {FileTypes.Words}.")}");
        if (!FileTypes.IsPicture(type)) return new GoodFile(FileNames.WithEnding(name, type), type, file.Content);

        if (PictureSize.Of(file.Content, type) is not { } size) return new InvalidError(field, $"“{name}” is damaged: it cannot be read as a picture.");
        if ((long)size.Width * size.Height > MostPixels)
            return new InvalidError(field, string.Create(CultureInfo.InvariantCulture, $"“{name}” has {size.Width:N0} × {size.Height:N0} pixels. Make it smaller first; {MostPixels / 1_000_000} million fit."));
        return PictureCleaning.Of(file.Content, type) is { } clean
            ? new GoodFile(FileNames.WithEnding(name, type), type, clean)
            : new InvalidError(field, $"“{name}” is damaged: it cannot be read as a picture.");
    }
}
