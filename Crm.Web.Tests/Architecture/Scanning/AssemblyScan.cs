using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Architecture.Scanning;

/// <summary>Reads what an assembly's code uses and calls, without running it.</summary>
public sealed partial class AssemblyScan : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader reader;
    private readonly HashSet<string> met = [];
    private readonly TypeNames names;

    private AssemblyScan(Stream stream)
    {
        file = new PEReader(stream);
        reader = file.GetMetadataReader();
        names = new TypeNames(name => met.Add(name));
    }

    /// <summary>All top-level types of the assembly.</summary>
    public static IReadOnlyList<CodeType> Read(Stream assembly)
    {
        using var scan = new AssemblyScan(assembly);
        return [.. scan.reader.TypeDefinitions.Where(scan.IsTopLevel).Select(scan.ReadType)];
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private bool IsTopLevel(TypeDefinitionHandle handle) => reader.GetTypeDefinition(handle).GetDeclaringType().IsNil;

    private CodeType ReadType(TypeDefinitionHandle handle)
    {
        met.Clear();
        var type = reader.GetTypeDefinition(handle);
        var parents = Parents(type);
        var methods = new List<CodeMethod>();
        ReadMembers(handle, handle, methods);
        return new CodeType(TypeNames.Spell(reader, handle), reader.GetString(type.Namespace), parents, met.ToHashSet(), methods);
    }

    private List<string> Parents(TypeDefinition type) =>
    [
        .. new[] { type.BaseType }.Concat(type.GetInterfaceImplementations().Select(i => reader.GetInterfaceImplementation(i).Interface))
            .Where(h => !h.IsNil).Select(h => names.Of(reader, h)),
    ];

    private void ReadMembers(TypeDefinitionHandle top, TypeDefinitionHandle handle, List<CodeMethod> methods)
    {
        var type = reader.GetTypeDefinition(handle);
        Parents(type);
        MeetAttributes(type.GetCustomAttributes());
        foreach (var property in type.GetProperties()) MeetAttributes(reader.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (var field in type.GetFields())
        {
            reader.GetFieldDefinition(field).DecodeSignature(names, null);
            MeetAttributes(reader.GetFieldDefinition(field).GetCustomAttributes());
        }
        foreach (var method in type.GetMethods()) methods.Add(ReadMethod(top, handle, method));
        foreach (var nested in type.GetNestedTypes()) ReadMembers(top, nested, methods);
    }

    private CodeMethod ReadMethod(TypeDefinitionHandle top, TypeDefinitionHandle owner, MethodDefinitionHandle handle)
    {
        var method = reader.GetMethodDefinition(handle);
        MeetAttributes(method.GetCustomAttributes());
        var returns = method.DecodeSignature(names, null).ReturnType;
        var (calls, setsOwnField) = method.RelativeVirtualAddress == 0 ? ([], false) : ReadBody(top, method.RelativeVirtualAddress);
        return new CodeMethod(WrittenIn(reader.GetString(method.Name), TypeNames.Spell(reader, owner)), returns, setsOwnField, calls);
    }

    private (List<CodeCall> Calls, bool SetsOwnField) ReadBody(TypeDefinitionHandle top, int address)
    {
        var body = file.GetMethodBody(address);
        if (!body.LocalSignature.IsNil) reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions.Where(r => !r.CatchType.IsNil)) names.Of(reader, region.CatchType);

        var calls = new List<CodeCall>();
        var setsOwnField = false;
        foreach (var (code, handle) in InstructionReader.Named(body))
        {
            if (code == OpCodes.Stfld && handle.Kind is HandleKind.FieldDefinition)
                setsOwnField |= reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType() == top;
            if (ReadCall(handle, []) is { } call) calls.Add(call);
            else names.Of(reader, handle);
        }
        return (calls, setsOwnField);
    }

    private CodeCall? ReadCall(EntityHandle handle, IReadOnlyList<string> arguments)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                var generic = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                return ReadCall(generic.Method, generic.DecodeSignature(names, null));
            case HandleKind.MethodDefinition:
                var own = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Call(names.Of(reader, own.GetDeclaringType()), own.Name, own.DecodeSignature(names, null), arguments);
            case HandleKind.MemberReference:
                var other = reader.GetMemberReference((MemberReferenceHandle)handle);
                var parent = names.Of(reader, other.Parent);
                if (other.GetKind() is MemberReferenceKind.Method) return Call(parent, other.Name, other.DecodeMethodSignature(names, null), arguments);
                other.DecodeFieldSignature(names, null);
                return null;
            default:
                return null;
        }
    }

    private CodeCall Call(string type, StringHandle method, MethodSignature<string> signature, IReadOnlyList<string> arguments)
    {
        var generic = type.IndexOf('<', StringComparison.Ordinal);
        return new CodeCall(
            generic < 0 ? type : type[..generic],
            reader.GetString(method),
            [.. generic < 0 ? [] : type[(generic + 1)..^1].Split(','), .. arguments],
            signature.ParameterTypes);
    }

    private void MeetAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes) ReadCall(reader.GetCustomAttribute(attribute).Constructor, []);
    }

    private static string WrittenIn(string method, string type) =>
        Written().Match(method) is { Success: true } lambda ? lambda.Groups["name"].Value
        : Written().Match(type[(type.LastIndexOf('+') + 1)..]) is { Success: true } machine ? machine.Groups["name"].Value
        : method;

    [GeneratedRegex("<(?<name>[^<>]+)>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
