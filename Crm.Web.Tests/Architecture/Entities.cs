using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>The entities of the model, and which of their methods change them.</summary>
public sealed class Entities
{
    private const string Set = "Microsoft.EntityFrameworkCore.DbSet`1<";
    private const string Configuration = "Microsoft.EntityFrameworkCore.IEntityTypeConfiguration`1<";
    private static readonly HashSet<string> CollectionChanges = ["Add", "AddRange", "Remove", "RemoveAll", "RemoveAt", "Insert", "Clear"];

    private readonly Dictionary<string, HashSet<string>> changing = [];

    /// <summary>An entity is what has a DbSet or a configuration.</summary>
    public Entities(IEnumerable<CodeType> data)
    {
        var types = data.ToList();
        var found = types.SelectMany(t => t.Parents.Where(p => p.StartsWith(Configuration, StringComparison.Ordinal)).Select(Argument)
            .Concat(t.Methods.Where(m => m.Returns.StartsWith(Set, StringComparison.Ordinal)).Select(m => Argument(m.Returns)))).ToHashSet();
        foreach (var type in types.Where(t => found.Contains(t.Name))) changing[type.Name] = ChangingMethods(type);
    }

    /// <summary>Full names.</summary>
    public IEnumerable<string> Names => changing.Keys;

    /// <summary>Whether the type is an entity.</summary>
    public bool Has(string type) => changing.ContainsKey(type);

    /// <summary>Whether the call makes or changes an entity.</summary>
    public bool Changes(CodeCall call) => changing.TryGetValue(call.Type, out var methods) && methods.Contains(call.Method);

    // A method changes the entity when it stores into a field, changes a collection, or calls a method that does.
    private static HashSet<string> ChangingMethods(CodeType entity)
    {
        var methods = entity.Methods.Where(m => m.Name == ".ctor" || m.SetsOwnField || m.Calls.Any(ChangesCollection)).Select(m => m.Name).ToHashSet();
        while (entity.Methods.Where(m => !methods.Contains(m.Name) && m.Calls.Any(c => c.Type == entity.Name && methods.Contains(c.Method))).ToList() is { Count: > 0 } more)
            methods.UnionWith(more.Select(m => m.Name));
        return methods;
    }

    private static bool ChangesCollection(CodeCall call) =>
        call.Type.StartsWith("System.Collections.Generic.", StringComparison.Ordinal) && CollectionChanges.Contains(call.Method);

    private static string Argument(string generic) => generic[(generic.IndexOf('<', StringComparison.Ordinal) + 1)..^1];
}
