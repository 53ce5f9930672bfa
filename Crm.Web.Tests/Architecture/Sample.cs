using System.Reflection;
using Crm.Web.Tests.Architecture.Scanning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crm.Web.Tests.Architecture;

/// <summary>A small piece of code, compiled in memory under the house's own namespaces, for a rule to be run over.</summary>
internal sealed class Sample
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Crm.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly byte[] image;

    public Sample(params string[] sources)
    {
        var compilation = CSharpCompilation.Create(
            $"Sample{Guid.CreateVersion7():N}",
            sources.Prepend(Usings).Select(source => CSharpSyntaxTree.ParseText(source)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error)));
        image = stream.ToArray();
    }

    /// <summary>As scanned.</summary>
    public IReadOnlyList<CodeType> Code => AssemblyScan.Read(new MemoryStream(image));

    /// <summary>As loaded.</summary>
    public Type[] Types => Assembly.Load(image).GetTypes();

    /// <summary>The part of the scan in a namespace.</summary>
    public IReadOnlyList<CodeType> In(string ns) => [.. Code.Where(t => t.IsIn(ns))];
}
