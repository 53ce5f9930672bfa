using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Crm.Web.Platform.BlazorScript;

/// <summary>Reads blazor.web.js out of the assembly that carries it, without loading that assembly.</summary>
public static class EmbeddedScript
{
    /// <summary>Name of the resource, and path at which browsers ask for it.</summary>
    public const string ResourceName = "_framework/blazor.web.js";

    /// <summary>The file beside the application; absent when it was built with the SDK's own script.</summary>
    public static string Location => Path.Combine(AppContext.BaseDirectory, "blazor-script", "Endpoints.bin");

    /// <summary>The script's text.</summary>
    public static string Read(string assemblyFile)
    {
        using var stream = File.OpenRead(assemblyFile);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(candidate => metadata.StringComparer.Equals(candidate.Name, ResourceName));
        var start = image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
        var bytes = image.GetSectionData(start).GetReader((int)resource.Offset, image.PEHeaders.CorHeader.ResourcesDirectory.Size - (int)resource.Offset);
        return Encoding.UTF8.GetString(bytes.ReadBytes(bytes.ReadInt32()));
    }
}
