using System.Text;
using Crm.Data.Files;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;

namespace Crm.Web.Tests.Platform.Files;

public sealed class FileCheckTests
{
    public static readonly TheoryData<string, byte[], string> Taken = new()
    {
        { "menu.pdf", SomeFiles.Pdf, "application/pdf" },
        { "yam.png", SomeFiles.Png(), "image/png" },
        { "market.JPG", SomeFiles.Jpeg(), "image/jpeg" },
        { "list.csv", "name,price\nNkẹ́chi,12\n"u8.ToArray(), "text/csv" },
        { "note.txt", "Ọláyínká called.\r\n"u8.ToArray(), "text/plain" },
        { "offer.docx", SomeFiles.Package(("[Content_Types].xml", ""), ("word/document.xml", "")), FileTypes.Docx },
        { "offer.odt", SomeFiles.Package(("mimetype", FileTypes.Odt)), FileTypes.Odt },
    };

    public static readonly TheoryData<string, byte[]> Refused = new()
    {
        { "invoice.pdf", SomeFiles.Program },
        { "invoice.txt", SomeFiles.Program },
        { "run.pdf", "#!/bin/sh\nrm -rf /\n"u8.ToArray() },
        { "run.txt", "#!/bin/sh\nrm -rf /\n"u8.ToArray() },
        { "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray() },
        { "logo.txt", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() },
        { "page.csv", "a\n<!DOCTYPE html><html></html>"u8.ToArray() },
        { "macro.docx", SomeFiles.Package(("[Content_Types].xml", ""), ("word/document.xml", ""), ("word/vbaProject.bin", "")) },
        { "any.docx", SomeFiles.Package(("run.exe", "MZ")) },
        { "offer.exe", SomeFiles.Package(("[Content_Types].xml", ""), ("word/document.xml", "")) },
        { "latin.txt", [0x61, 0xE9, 0x62] },
        { "nothing.pdf", [] },
        { "cut.png", SomeFiles.Png()[..40] },
        { "cut.jpg", SomeFiles.Jpeg()[..30] },
    };

    [Theory, MemberData(nameof(Taken))]
    public void What_people_send_each_other_is_taken_by_its_content(string name, byte[] content, string type)
    {
        var good = FileCheck.Of(new NewFile(name, content), "Files").Value;

        Assert.Equal((name, type), (good.Name, good.ContentType));
    }

    [Theory, MemberData(nameof(Refused))]
    [Trait("contract", "M-151")]
    public void What_runs_or_is_not_known_is_refused_at_the_field_whatever_it_is_called(string name, byte[] content)
    {
        var refusal = Assert.IsType<InvalidError>(FileCheck.Of(new NewFile(name, content), "Files").Error);

        Assert.Equal("Files", refusal.Field);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_would_choke_a_browser_is_refused()
    {
        var refusal = FileCheck.Of(new NewFile("huge.png", SomeFiles.Png(50_000, 50_000)), "Files").Error!;

        Assert.Contains("50,000 × 50,000 pixels", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_is_refused_before_it_is_read()
    {
        Assert.Null(FileCheck.TooLarge("film.pdf", StoredFile.MaxBytes, "Files"));
        Assert.Equal("“film.pdf” is 50 MB. A file may be 10 MB at most.", FileCheck.TooLarge("film.pdf", 50 * 1024 * 1024, "Files")!.Message);
    }

    [Fact]
    public void A_photograph_forgets_where_it_was_taken_and_remembers_which_way_is_up()
    {
        var clean = FileCheck.Of(new NewFile("market.jpg", SomeFiles.Jpeg(way: 6)), "Files").Value.Content;

        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        Assert.Equal([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9], clean[^9..]);
        Assert.Equal(clean, JpegCleaning.Of(clean));
        var tag = clean.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]);
        Assert.True(tag > 0);
        Assert.Equal((16, 8), PictureSize.Of(clean, FileTypes.Jpeg));
    }

    [Fact]
    public void A_png_keeps_its_picture_alone()
    {
        var clean = FileCheck.Of(new NewFile("yam.png", [.. SomeFiles.Png(), .. "GPS behind"u8]), "Files").Value.Content;

        var text = Encoding.Latin1.GetString(clean);
        Assert.DoesNotContain("GPS", text, StringComparison.Ordinal);
        Assert.Contains("IHDR", text, StringComparison.Ordinal);
        Assert.Contains("IDAT", text, StringComparison.Ordinal);
        Assert.EndsWith("IEND\u00AE\u0042\u0060\u0082", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"C:\Users\ama\menu.pdf", "menu.pdf")]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("a\u202Efdp.exe.pdf", "afdp.exe.pdf")]
    [InlineData("  <b>?.pdf", "b.pdf")]
    [InlineData("menu.exe", "menu.exe.pdf")]
    [InlineData("\n", "file.pdf")]
    public void A_name_is_no_path_and_ends_as_its_content_is(string typed, string kept) =>
        Assert.Equal(kept, FileCheck.Of(new NewFile(typed, SomeFiles.Pdf), "Files").Value.Name);
}
