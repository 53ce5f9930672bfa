using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>
/// Rule 2: entities are made, changed, added and removed only by their owner. Seen are constructors, setters and changing methods of
/// entities, writes through a DbSet or the context, and mass statements; not seen are raw SQL and members that Identity's own
/// base classes declare. The seed and the migrations may write everything.
/// </summary>
public static class EntityWrites
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";
    private static readonly HashSet<string> SetWrites =
    [
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Attach", "AttachRange", "Entry", "Remove", "RemoveRange", "Update", "UpdateRange",
        "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync",
    ];

    /// <summary>Of the app, and of one domain against another.</summary>
    public static IEnumerable<string> Violations(IReadOnlyCollection<CodeType> web, IReadOnlyCollection<CodeType> data)
    {
        var entities = new Entities(data);
        return entities.Names.Where(e => Rooms.OwnerOf(e) is null).Select(e => $"{e} has no owner: name one in Rooms.")
            .Concat(
                from type in web.Concat(data.Where(t => !t.IsIn("Crm.Data.Seed") && !t.IsIn("Crm.Data.Migrations")))
                let writer = Rooms.WriterIn(type)
                where writer != "Data"
                from method in type.Methods
                from call in method.Calls
                let complaint = Complaint(entities, writer, call)
                where complaint is not null
                select $"{type.Name}.{method.Name} calls {call.Short}: {complaint}");
    }

    private static string? Complaint(Entities entities, string writer, CodeCall call)
    {
        if (entities.Changes(call)) return Foreign(writer, call.Type);
        if (!SetWrites.Contains(call.Method) || !CodeType.IsBelow(call.Type, EntityFramework)) return null;
        if (call.TypeArguments.FirstOrDefault(entities.Has) is { } entity) return Foreign(writer, entity);
        return call.Parameters.Any(p => p is "System.Object[]" or "System.Collections.Generic.IEnumerable`1<System.Object>")
            ? "a write of anything hides whose it is; write through a DbSet."
            : null;
    }

    private static string? Foreign(string writer, string entity) =>
        Rooms.OwnerOf(entity) is { } owner && owner != writer ? $"only {owner} writes {entity[(entity.LastIndexOf('.') + 1)..]}." : null;
}
