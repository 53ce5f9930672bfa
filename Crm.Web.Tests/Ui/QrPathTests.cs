using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Web.Ui;
using QRCoder;

namespace Crm.Web.Tests.Ui;

public sealed partial class QrPathTests
{
    [Theory]
    [InlineData("C-1042")]
    [InlineData("C-1")]
    [InlineData("Ọláyínká")]
    public void The_path_covers_exactly_the_dark_modules_and_leaves_the_quiet_zone_white(string text)
    {
        var path = QrPath.Of(text);

        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var drawn = new HashSet<(int X, int Y)>();
        foreach (Match run in Run().Matches(path.Data))
        {
            var (x, y, length) = (Number(run, "x"), Number(run, "y"), Number(run, "n"));
            Assert.Equal(length, Number(run, "back"));
            for (var i = 0; i < length; i++) Assert.True(drawn.Add((x + i, y)));
        }
        Assert.Equal(code.ModuleMatrix.Count, path.Size);
        for (var y = 0; y < path.Size; y++)
            for (var x = 0; x < path.Size; x++)
                Assert.Equal(code.ModuleMatrix[y][x], drawn.Contains((x, y)));
        Assert.All(drawn, module => Assert.True(Math.Min(module.X, module.Y) >= 4 && Math.Max(module.X, module.Y) < path.Size - 4));
    }

    private static int Number(Match run, string group) => int.Parse(run.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("M(?<x>[0-9]+) (?<y>[0-9]+)h(?<n>[0-9]+)v1h-(?<back>[0-9]+)z", RegexOptions.NonBacktracking)]
    private static partial Regex Run();
}
