namespace Crm.Web.Tests.Architecture.Scanning;

/// <summary>A top-level type as compiled; what the compiler nests in it (closures, state machines) counts as its own.</summary>
/// <param name="Name">With its namespace; generic arity as <c>`1</c>.</param>
/// <param name="Parents">Base type and interfaces, with their type arguments as <c>Name&lt;Argument&gt;</c>.</param>
/// <param name="Uses">Every type that it names anywhere: signatures, fields, attributes, method bodies.</param>
public sealed record CodeType(
    string Name, string Namespace, IReadOnlyList<string> Parents, IReadOnlySet<string> Uses, IReadOnlyList<CodeMethod> Methods)
{
    /// <summary>Whether it stands in the namespace or below it.</summary>
    public bool IsIn(string ns) => IsBelow(Namespace, ns);

    /// <summary>Whether a namespace or type name is the given one or below it.</summary>
    public static bool IsBelow(string name, string ns) =>
        name.StartsWith(ns, StringComparison.Ordinal) && (name.Length == ns.Length || name[ns.Length] is '.' or '+');
}

/// <summary>One method body; a lambda or state machine bears the name of the method it was written in.</summary>
/// <param name="Returns">The type it returns, for properties too.</param>
/// <param name="SetsOwnField">Whether it stores into a field of its own type.</param>
public sealed record CodeMethod(string Name, string Returns, bool SetsOwnField, IReadOnlyList<CodeCall> Calls);

/// <summary>A call, or the making of a delegate or an object.</summary>
/// <param name="Type">Whose method, without type arguments.</param>
/// <param name="TypeArguments">Of the type and then of the method.</param>
public sealed record CodeCall(string Type, string Method, IReadOnlyList<string> TypeArguments, IReadOnlyList<string> Parameters)
{
    /// <summary>For a message: the type's short name and the method.</summary>
    public string Short => $"{Type[(Type.LastIndexOf('.') + 1)..]}.{Method}";
}
