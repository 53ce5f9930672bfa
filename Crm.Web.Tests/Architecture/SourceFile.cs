namespace Crm.Web.Tests.Architecture;

/// <summary>A source file of the checkout.</summary>
/// <param name="Path">From the checkout's top, with forward slashes.</param>
public sealed record SourceFile(string Path, string Text)
{
    /// <summary>Folder is namespace.</summary>
    public string Namespace => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/').Replace('/', '.');

    /// <summary>Number of lines.</summary>
    public int Lines => Text.Length == 0 ? 0 : Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);
}
