using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 3: components and endpoint classes never touch EF Core; they call a service.</summary>
public static class EntityFrameworkUse
{
    private const string Blazor = "Microsoft.AspNetCore.Components";
    private static readonly string[] ComponentNames = ["ComponentBase", "IComponent", "LayoutComponentBase", "OwningComponentBase", "OwningComponentBase`1", "ErrorBoundaryBase", "Web.ErrorBoundary"];
    private static readonly string[] ComponentFolders = [$"{Blazor}.Forms", $"{Blazor}.Routing", "Radzen.Blazor"];
    private static readonly string[] Touches = ["Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.Data.Sqlite", "System.Data"];

    /// <summary>By what their compiled code names.</summary>
    public static IEnumerable<string> Violations(IReadOnlyCollection<CodeType> web)
    {
        var byName = web.ToDictionary(t => t.Name);
        return from type in web
               where type.Name.EndsWith("Endpoints", StringComparison.Ordinal) || IsComponent(type, byName)
               from used in type.Uses
               where Touches.Any(t => CodeType.IsBelow(used, t)) || (CodeType.IsBelow(used, Rooms.Data) && used.EndsWith("DbContext", StringComparison.Ordinal))
               orderby type.Name, used
               select $"{type.Name} touches {used}.";
    }

    private static bool IsComponent(CodeType type, Dictionary<string, CodeType> byName) =>
        type.Parents.Select(p => p.Split('<')[0]).Any(parent =>
            ComponentNames.Any(name => parent == $"{Blazor}.{name}") || ComponentFolders.Any(ns => CodeType.IsBelow(parent, ns)) || (byName.TryGetValue(parent, out var own) && IsComponent(own, byName)));
}
