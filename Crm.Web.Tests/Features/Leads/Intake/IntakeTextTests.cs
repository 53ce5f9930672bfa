using System.Text;
using Crm.Web.Features.Leads.Intake;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>Tables as programs and spreadsheets write them, in letters and signs of their own.</summary>
[Trait("contract", "M-152")]
public sealed class IntakeTextTests
{
    [Theory]
    [InlineData("utf-8", false, ',', "UTF-8", "commas")]
    [InlineData("utf-8", true, ';', "UTF-8", "semicolons")]
    [InlineData("utf-16", true, '\t', "UTF-16", "tabs")]
    [InlineData("utf-16", false, ',', "UTF-16", "commas")]
    [InlineData("utf-16BE", true, ';', "UTF-16", "semicolons")]
    [InlineData("utf-16BE", false, '\t', "UTF-16", "tabs")]
    [InlineData("windows-1252", false, ';', "Windows-1252", "semicolons")]
    public async Task Letters_and_the_sign_between_cells_are_found_out(string letters, bool marked, char sign, string encoding, string separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var written = Encoding.GetEncoding(letters);
        var text = $"Name{sign}Ville\r\n\"Chez Aïssa, \"\"la grande\"\"\"{sign}Québec\r\nMbalé{sign}Trois-Rivières\r\n";
        using var file = new MemoryStream([.. marked ? written.GetPreamble() : [], .. written.GetBytes(text)]);

        var found = await IntakeText.EncodingOfAsync(file, CancellationToken.None);
        using var reader = new StreamReader(file, found, detectEncodingFromByteOrderMarks: true);
        using var csv = IntakeText.Open(reader);

        Assert.Equal(encoding, IntakeText.NameOf(found));
        Assert.Equal(["Name", "Ville"], csv.Headers);
        Assert.Equal(separator, IntakeText.NameOf((char)csv.Separator));
        Assert.True(csv.Read());
        Assert.Equal(("Chez Aïssa, \"la grande\"", "Québec"), (csv.GetString(0), csv.GetString(1)));
        Assert.True(csv.Read());
        Assert.Equal(("Mbalé", "Trois-Rivières"), (csv.GetString(0), csv.GetString(1)));
        Assert.False(csv.Read());
    }

    [Fact]
    public async Task A_letter_that_stands_across_two_looks_is_no_mistake_and_one_bad_byte_far_down_is_seen()
    {
        var whole = Encoding.UTF8.GetBytes($"Name\n{new string('x', 64 * 1024 - 6)}ọ\n");
        using var good = new MemoryStream(whole);
        using var bad = new MemoryStream([.. whole, 0xE9, (byte)'\n']);

        Assert.Equal("UTF-8", IntakeText.NameOf(await IntakeText.EncodingOfAsync(good, CancellationToken.None)));
        Assert.Equal("Windows-1252", IntakeText.NameOf(await IntakeText.EncodingOfAsync(bad, CancellationToken.None)));
        Assert.Equal(0, bad.Position);
    }

    [Fact]
    public void Excels_own_line_that_names_the_sign_is_no_first_row()
    {
        using var csv = IntakeText.Open(new StringReader("sep=;\nName;City\nMama Nkechi;Toronto\n"));

        Assert.Equal(["Name", "City"], csv.Headers);
        Assert.True(csv.Read());
        Assert.Equal("Toronto", csv.GetString(1));
    }
}
