using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>
/// Rule 5: the time comes from the injected <c>TimeProvider</c>, ids from the entity's initialiser, and nobody sleeps; only Platform
/// and Program may reach for the real clock.
/// </summary>
public static class HiddenInputs
{
    /// <summary>By the calls in the compiled code.</summary>
    public static IEnumerable<string> Violations(IEnumerable<CodeType> types) =>
        from type in types
        where !type.IsIn(Rooms.Platform) && type.Name != "Program"
        from method in type.Methods
        from call in method.Calls
        let complaint = Complaint(type, method, call)
        where complaint is not null
        select $"{type.Name}.{method.Name} calls {call.Short}: {complaint}";

    private static string? Complaint(CodeType type, CodeMethod method, CodeCall call) => (call.Type, call.Method) switch
    {
        ("System.DateTime" or "System.DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") => "ask the TimeProvider.",
        ("System.TimeProvider", "get_System") => "have the TimeProvider injected.",
        ("System.Guid", "NewGuid") => "ids are version 7.",
        ("System.Guid", "CreateVersion7") when call.Parameters.Count == 0 && !(type.IsIn(Rooms.Data) && method.Name == ".ctor")
            => "an id is made in its entity's initialiser, or from the TimeProvider's time.",
        ("System.Threading.Thread", "Sleep") => "nobody sleeps.",
        ("System.Threading.Tasks.Task", "Delay") when !call.Parameters.Contains("System.TimeProvider") => "give it the TimeProvider.",
        ("System.Threading.PeriodicTimer", ".ctor") when !call.Parameters.Contains("System.TimeProvider") => "give it the TimeProvider.",
        ("System.Threading.Timer" or "System.Timers.Timer", ".ctor") => "use the TimeProvider's timer.",
        _ => null,
    };
}
