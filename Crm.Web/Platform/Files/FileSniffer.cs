using System.IO.Compression;
using System.Text;

namespace Crm.Web.Platform.Files;

/// <summary>Tells by the first bytes, and for papers by what the package holds, what a file is.</summary>
static class FileSniffer
{
    private const int TextLook = 4096;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly string[] Markup = ["<!doctype", "<html", "<svg", "<?xml", "<script", "<body", "<iframe"];

    /// <summary>The type, or null for what is not taken.</summary>
    /// <param name="name">Only tells a table from a text, and a text from a program's source.</param>
    public static string? TypeOf(byte[] content, string name)
    {
        var head = content.AsSpan();
        if (head.StartsWith("%PDF-"u8)) return FileTypes.Pdf;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return FileTypes.Png;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return FileTypes.Jpeg;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return FileTypes.Gif;
        if (head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8)) return FileTypes.Webp;
        if (head.StartsWith("PK\u0003\u0004"u8)) return PaperOf(content, name);
        return TextOf(content, name);
    }

    private static string? PaperOf(byte[] content, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return null;
            var type = zip.GetEntry("[Content_Types].xml") is null ? OpenDocumentOf(zip)
                : zip.GetEntry("word/document.xml") is not null ? FileTypes.Docx
                : zip.GetEntry("xl/workbook.xml") is not null ? FileTypes.Xlsx
                : zip.GetEntry("ppt/presentation.xml") is not null ? FileTypes.Pptx
                : null;
            return type is not null && FileTypes.Fits(type, name) ? type : null;
        }
        catch (InvalidDataException)
        {
            return null; // says that it is a package and is none
        }
    }

    private static string? OpenDocumentOf(ZipArchive zip)
    {
        if (zip.GetEntry("mimetype") is not { Length: < 100 } entry) return null;
        using var reader = new StreamReader(entry.Open(), Encoding.ASCII);
        var buffer = new char[100];
        var length = reader.ReadBlock(buffer);
        return new string(buffer, 0, length).Trim() == FileTypes.Odt ? FileTypes.Odt : null;
    }

    private static string? TextOf(byte[] content, string name)
    {
        var type = FileTypes.Fits(FileTypes.Csv, name) ? FileTypes.Csv : FileTypes.Fits(FileTypes.Text, name) ? FileTypes.Text : null;
        if (type is null || content.Any(b => b < 0x20 && b is not (0x09 or 0x0A or 0x0C or 0x0D) || b == 0x7F)) return null;
        try
        {
            var text = Strict.GetString(content).TrimStart('\uFEFF');
            var head = text[..Math.Min(text.Length, TextLook)];
            return Markup.Any(m => head.Contains(m, StringComparison.OrdinalIgnoreCase)) || head.StartsWith("#!", StringComparison.Ordinal) ? null : type;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
