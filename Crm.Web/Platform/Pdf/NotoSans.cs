namespace Crm.Web.Platform.Pdf;

/// <summary>The two weights that documents are set in, carried inside the assembly so that a server needs no fonts installed.</summary>
internal static class NotoSans
{
    private static readonly Lazy<FontFile> regular = new(() => Load("NotoSans-Regular"));
    private static readonly Lazy<FontFile> bold = new(() => Load("NotoSans-Bold"));

    public static FontFile Regular => regular.Value;

    public static FontFile Bold => bold.Value;

    private static FontFile Load(string name)
    {
        using var resource = typeof(NotoSans).Assembly.GetManifestResourceStream($"Pdf.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is missing from the assembly.");
        var data = new byte[resource.Length];
        resource.ReadExactly(data);
        return new FontFile(data, name);
    }
}
