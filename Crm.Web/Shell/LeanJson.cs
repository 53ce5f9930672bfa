using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.JSInterop;

namespace Crm.Web.Shell;

/// <summary>
/// Keeps what every circuit knows about the types that it says to its scripts small. Each circuit has its own serializer, which would look
/// into every interface of an argument for polymorphism, the thirty of a number among them: 75 types, a fifth of a circuit's memory
/// (docs/decisions/0033-a-change-is-read-once.md).
/// </summary>
static class LeanJson
{
    private static readonly IJsonTypeInfoResolver Resolver = new WithoutMarkers();

    /// <summary>Call it after Blazor has registered its own.</summary>
    public static IServiceCollection AddLeanJson(this IServiceCollection services)
    {
        var blazors = services.Last(s => s.ServiceType == typeof(IJSRuntime));
        var create = ActivatorUtilities.CreateFactory(blazors.ImplementationType!, []);
        services.Remove(blazors);
        return services.AddScoped<IJSRuntime>(scope =>
        {
            var script = (JSRuntime)create(scope, null);
            Options(script).TypeInfoResolver ??= Resolver;
            return script;
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    internal static extern JsonSerializerOptions Options(JSRuntime script);

    /// <summary>Knows nothing of interfaces that no value is ever declared as; null means "look no further".</summary>
    private sealed class WithoutMarkers : IJsonTypeInfoResolver
    {
        private readonly DefaultJsonTypeInfoResolver all = new();

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => type.IsInterface && IsMarker(type) ? null : all.GetTypeInfo(type, options);

        // Parts of lists and tables stay; the pairs of a table, the letters of a text, and Blazor's own tables are asked for by nobody.
        private static bool IsMarker(Type type) => type.Namespace switch
        {
            "System" or "System.Numerics" or "System.Runtime.Serialization" or "System.Collections" => true,
            "System.Collections.Generic" when type.GenericTypeArguments is [var item] => item == typeof(char) || item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>),
            "System.Collections.Generic" when type.GenericTypeArguments is [_, var value] => value == typeof(List<string>) || value.IsArray && value.GetElementType()!.DeclaringType == typeof(Microsoft.AspNetCore.Components.Web.JSComponentConfigurationStore),
            _ => false,
        };
    }
}
