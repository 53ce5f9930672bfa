using System.Reflection;
using Crm.Web.Shell.Layouts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Crm.Web.Shell;

/// <summary>What the document must know about the page inside it before anything is drawn.</summary>
/// <param name="Interactive">The page runs in a circuit, so its title and toasts do too.</param>
/// <param name="Compact">Staff density; customers get the roomy one.</param>
public sealed record PageFacts(bool Interactive, bool Compact)
{
    /// <summary>Read from the page that this request leads to.</summary>
    public static PageFacts Of(HttpContext? context)
    {
        var page = context?.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        if (page is null) return new(false, false);
        var layout = page.GetCustomAttribute<LayoutAttribute>()?.LayoutType ?? Routes.DefaultLayout;
        return new(page.IsDefined(typeof(RenderModeAttribute), true), layout == typeof(StaffLayout));
    }
}
