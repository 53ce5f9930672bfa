using System.Reflection;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Access;

/// <summary>A public method of a registered service of a room, or of the platform where it asks who is acting, which a page or an endpoint may call.</summary>
sealed record Command(Type Service, MethodInfo Method)
{
    private const string Rooms = "Crm.Web.Features.";
    private const string Platform = "Crm.Web.Platform.";

    public string Name => $"{Service.Name}.{Method.Name}";

    /// <summary>Every one of the house that does not work in its caller's transaction.</summary>
    public static IReadOnlyList<Command> All { get; } = [.. Find()];

    /// <summary>Whether it answers with a value or a refusal.</summary>
    public bool Answers => ResultType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Result<>);

    private Type ResultType => Method.ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GetGenericArguments()[0] : Method.ReturnType;

    /// <summary>Gives it; null when it was done or only complained about what was typed.</summary>
    public async Task<Error?> GiveAsync(TestDesk desk, object?[] arguments)
    {
        var answer = Method.Invoke(desk.Get(Service), arguments);
        if (answer is Task task)
        {
            await task;
            answer = task.GetType().GetProperty("Result")!.GetValue(task);
        }
        return (Error?)ResultType.GetProperty("Error")!.GetValue(answer);
    }

    /// <summary>Says that they may not, or that there is no such thing for them.</summary>
    public static bool Refuses(Error? error) => error is ForbiddenError or NotFoundError;

    // Of the platform, services that ask who is acting.
    private static bool IsOurs(Type type) => type.FullName!.StartsWith(Rooms, StringComparison.Ordinal)
        || type.FullName.StartsWith(Platform, StringComparison.Ordinal) && type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(CurrentActor)));

    private static IEnumerable<Command> Find()
    {
        var services = new ServiceCollection();
        services.AddCrm();
        return from type in services.Select(d => d.ServiceType).Where(IsOurs).Distinct()
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
               where method.GetParameters().All(p => p.ParameterType != typeof(CrmDbContext))
               orderby type.Name, method.Name
               select new Command(type, method);
    }
}
