using Crm.Web.Platform.BlazorScript;

namespace Crm.Web.Tests.Platform.BlazorScript;

public class ScriptPatchTests
{
    private static readonly string Script = string.Join(';', ScriptPatch.All.Select(patch => patch.Find).Append(ScriptPatch.StateReader));

    [Fact]
    public void Every_place_is_changed()
    {
        var changed = ScriptPatch.Apply(Script);

        Assert.All(ScriptPatch.All, patch => Assert.Contains(patch.Replacement, changed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{0}{0}")]
    public void A_script_that_moved_on_is_refused(string repeated)
    {
        foreach (var find in ScriptPatch.All.Select(patch => patch.Find).Append(ScriptPatch.StateReader))
        {
            var other = Script.Replace(find, string.Format(null, repeated, find), StringComparison.Ordinal);

            Assert.Throws<InvalidOperationException>(() => ScriptPatch.Apply(other));
        }
    }

    [Fact]
    public void The_script_at_hand_is_found_and_can_be_changed()
    {
        var file = new BlazorScriptFile();

        Assert.True(file.IsOurs);
        Assert.InRange(file.Brotli.Length, 20_000, 60_000);
        Assert.InRange(file.Gzip.Length, file.Brotli.Length, 70_000);
        Assert.StartsWith("_framework/blazor.web.js?v=", file.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_with_the_frameworks_own_script_serves_that()
    {
        var file = new BlazorScriptFile("/nowhere/Endpoints.bin");

        Assert.False(file.IsOurs);
        Assert.Equal("_framework/blazor.web.js", file.Url);
    }
}
