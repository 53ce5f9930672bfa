using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Crm.Web.Tests;

/// <summary>bUnit asks for AngleSharp.Diffing by a version that is not the one at hand; any will do.</summary>
static class ModuleInit
{
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void ResolveDiffing() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing" && Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll") is var path && File.Exists(path)
            ? context.LoadFromAssemblyPath(path)
            : null;
#pragma warning restore CA2255
}
