using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Crm.Web.Tests;

/// <summary>
/// bUnit is referenced by its files, so the host knows nothing of what it needs by name: AngleSharp.Diffing lies beside the tests,
/// in another version than bUnit was built for. docs/decisions/0006-bunit-by-reference.md.
/// </summary>
internal static class BunitAssemblies
{
#pragma warning disable CA2255 // must run before bUnit's first type is loaded
    [ModuleInitializer]
    internal static void Resolve() =>
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
#pragma warning restore CA2255
}
