using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Crm.Web.Tests.Architecture;

/// <summary>
/// Rule 7: a public method (no property) that returns a task ends in <c>Async</c> and takes a <c>CancellationToken</c> last. Free are methods whose
/// shape somebody else decides (overrides and interfaces of the framework, middleware, calls from the browser); components need no
/// token, since they cancel by themselves when left.
/// </summary>
public static class AsyncMethods
{
    /// <summary>Of all types, public or internal.</summary>
    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where !type.IsDefined(typeof(CompilerGeneratedAttribute))
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where ReturnsTask(method) && !method.IsSpecialName && !IsShapedElsewhere(type, method)
        from complaint in Complaints(type, method)
        select $"{type.FullName}.{method.Name} {complaint}";

    private static IEnumerable<string> Complaints(Type type, MethodInfo method)
    {
        if (!method.Name.EndsWith("Async", StringComparison.Ordinal)) yield return "must end in Async.";
        if (typeof(IComponent).IsAssignableFrom(type)) yield break;
        if (method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)) yield return "must take a CancellationToken last.";
    }

    private static bool ReturnsTask(MethodInfo method)
    {
        var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        return type == typeof(Task) || type == typeof(Task<>) || type == typeof(ValueTask) || type == typeof(ValueTask<>) || type == typeof(IAsyncEnumerable<>);
    }

    private static bool IsShapedElsewhere(Type type, MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType!.Assembly != type.Assembly
        || method.IsDefined(typeof(JSInvokableAttribute))
        || method.GetParameters().FirstOrDefault()?.ParameterType == typeof(HttpContext)
        || (!type.IsInterface && type.GetInterfaces().Where(i => i.Assembly != type.Assembly)
            .Any(i => type.GetInterfaceMap(i).TargetMethods.Contains(method)));
}
