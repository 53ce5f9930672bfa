using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Crm.Web.Tests.Platform.Pdf;

/// <summary>
/// Looks at a written file with the eyes of other programs: qpdf for its structure, poppler for its text, fonts and
/// picture. A machine without them fails the test, since then nothing is proved.
/// </summary>
internal static class PdfTools
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    /// <summary>Fails with the program's own words unless qpdf finds the file sound.</summary>
    public static void Check(byte[] pdf)
    {
        var (exit, output) = Run(pdf, "qpdf", "--check", "{file}");
        Assert.True(exit == 0, $"qpdf --check: {output}");
    }

    /// <returns>The text in reading order, of one page or of all.</returns>
    public static string Text(byte[] pdf, int? page = null)
    {
        string[] pages = page is { } only ? ["-f", $"{only}", "-l", $"{only}"] : [];
        return Output(pdf, "pdftotext", ["-enc", "UTF-8", "-raw", .. pages, "{file}", "-"]).Replace("\f", "", StringComparison.Ordinal);
    }

    /// <returns>The text on one line, wherever the lines were broken.</returns>
    public static string Flowing(byte[] pdf) => string.Join(' ', Text(pdf).Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));

    public static string Info(byte[] pdf, params string[] options) => Output(pdf, "pdfinfo", [.. options, "{file}"]);

    public static string Fonts(byte[] pdf) => Output(pdf, "pdffonts", ["{file}"]);

    public static int Pages(byte[] pdf) => int.Parse(
        Info(pdf).Split('\n').Single(line => line.StartsWith("Pages:", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);

    /// <returns>The file with its objects and streams unpacked, to read operators from.</returns>
    public static string Unpacked(byte[] pdf) =>
        Output(pdf, "qpdf", ["--qdf", "--object-streams=disable", "{file}", "-"], Encoding.Latin1);

    /// <returns>A page as it looks.</returns>
    public static PdfPicture Render(byte[] pdf, int page = 1, int dotsPerInch = 72) =>
        new(Bytes(pdf, "pdftoppm", "-r", $"{dotsPerInch}", "-f", $"{page}", "-l", $"{page}", "{file}"));

    /// <returns>A page as a picture file, to be put into another document.</returns>
    public static byte[] RenderFile(byte[] pdf, params string[] format) =>
        Bytes(pdf, "pdftoppm", [.. format, "-scale-to", "64", "-singlefile", "{file}"]);

    private static string Output(byte[] pdf, string program, string[] arguments, Encoding? encoding = null) =>
        (encoding ?? Encoding.UTF8).GetString(Bytes(pdf, program, arguments));

    private static byte[] Bytes(byte[] pdf, string program, params string[] arguments)
    {
        var (exit, output) = RunRaw(pdf, program, arguments);
        Assert.True(exit == 0, $"{program} failed: {Encoding.UTF8.GetString(output)}");
        return output;
    }

    private static (int Exit, string Output) Run(byte[] pdf, string program, params string[] arguments)
    {
        var (exit, output) = RunRaw(pdf, program, arguments);
        return (exit, Encoding.UTF8.GetString(output));
    }

    private static (int Exit, byte[] Output) RunRaw(byte[] pdf, string program, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, pdf);
            return Start(program, arguments.Select(argument => argument == "{file}" ? file : argument));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Exit, byte[] Output) Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            Assert.True(process.WaitForExit(patience), $"{program} did not end.");
            return process.ExitCode == 0 ? (0, output.ToArray()) : (process.ExitCode, [.. output.ToArray(), .. Encoding.UTF8.GetBytes(errors.Result)]);
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed. The tests of written PDF files need qpdf and poppler-utils.");
        }
    }
}

/// <summary>A rendered page, pixel by pixel.</summary>
internal sealed class PdfPicture
{
    private readonly byte[] file;
    private readonly int start;

    public PdfPicture(byte[] ppm)
    {
        file = ppm;
        var head = Encoding.ASCII.GetString(ppm, 0, 30).Split((char[])['\n', ' '], 5);
        (Width, Height) = (int.Parse(head[1], CultureInfo.InvariantCulture), int.Parse(head[2], CultureInfo.InvariantCulture));
        start = ppm.Length - Width * Height * 3;
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue) At(double x, double y)
    {
        var at = start + 3 * ((int)y * Width + (int)x);
        return (file[at], file[at + 1], file[at + 2]);
    }

    public bool IsInk(double x, double y) => At(x, y) is { Red: < 128 };
}
