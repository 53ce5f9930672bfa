namespace Crm.Web.Platform.Files;

/// <summary>What is taken, and how it is served.</summary>
public static class FileTypes
{
    public const string Pdf = "application/pdf";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string Webp = "image/webp";
    public const string Text = "text/plain";
    public const string Csv = "text/csv";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Odt = "application/vnd.oasis.opendocument.text";

    /// <summary>What the browser offers when somebody chooses a file.</summary>
    public const string Accepted = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.txt,.csv,.docx,.xlsx,.pptx,.odt";

    /// <summary>The same for people.</summary>
    public const string Words = "PDF, pictures (PNG, JPEG, GIF, WebP), text, CSV, Word, Excel, PowerPoint and ODT";

    private static readonly Dictionary<string, string[]> Endings = new()
    {
        [Pdf] = [".pdf"],
        [Png] = [".png"],
        [Jpeg] = [".jpg", ".jpeg"],
        [Gif] = [".gif"],
        [Webp] = [".webp"],
        [Text] = [".txt"],
        [Csv] = [".csv"],
        [Docx] = [".docx"],
        [Xlsx] = [".xlsx"],
        [Pptx] = [".pptx"],
        [Odt] = [".odt"],
    };

    public static bool IsPicture(string contentType) => contentType is Png or Jpeg or Gif or Webp;

    /// <summary>Whether a name ends as files of the type do.</summary>
    internal static bool Fits(string contentType, string name) => Endings[contentType].Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a name ends as those of any type that is taken.</summary>
    internal static bool IsNamed(string name) => Endings.Keys.Any(type => Fits(type, name));

    /// <summary>How a name of the type ends.</summary>
    internal static string EndingOf(string contentType) => Endings[contentType][0];
}
