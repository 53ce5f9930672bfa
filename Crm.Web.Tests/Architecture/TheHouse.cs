using System.Reflection;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;
using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>What the rules are run over: the compiled app and the sources of this checkout.</summary>
internal static class TheHouse
{
    private static readonly Assembly WebAssembly = typeof(Program).Assembly;
    private static readonly Assembly DataAssembly = Assembly.Load("Crm.Data");

    public static IReadOnlyList<CodeType> Web { get; } = Scan(WebAssembly);

    public static IReadOnlyList<CodeType> Data { get; } = Scan(DataAssembly);

    public static IEnumerable<Type> Types => WebAssembly.GetTypes().Concat(DataAssembly.GetTypes());

    /// <summary>The app as ./run builds it, with everything mapped but nothing opened.</summary>
    public static WebApplication BuildApp()
    {
        var blueprint = new AppBlueprint(builder => builder.Services.AddCrm(), (_, _) => Task.CompletedTask, (_, _) => Task.CompletedTask, app => app.MapCrm());
        var settings = new Dictionary<string, string?> { [HostDefaults.EnvironmentKey] = "Testing", [HostDefaults.ApplicationKey] = "Crm.Web" };
        var app = blueprint.Build(new CommandArguments([], new Dictionary<string, string>(), settings));
        blueprint.Map(app);
        return app;
    }

    /// <summary>The checkout's top, found above the tests' own assembly.</summary>
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. from project in new[] { "Crm.Data", "Crm.Web", "Crm.Web.Tests", "Crm.E2E" }
           from path in Directory.EnumerateFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories)
           let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
           where relative.EndsWith(".cs", StringComparison.Ordinal) || relative.EndsWith(".razor", StringComparison.Ordinal)
           where !relative.Contains("/bin/", StringComparison.Ordinal) && !relative.Contains("/obj/", StringComparison.Ordinal)
           orderby relative
           select new SourceFile(relative, File.ReadAllText(path)),
    ];

    /// <summary>What is written beside the code: build files and papers.</summary>
    public static IReadOnlyList<SourceFile> Papers { get; } =
    [
        .. from path in new[] { "docs", "build", "Crm.Bench", "Crm.Data", "Crm.Web", "Crm.Web.Tests", "Crm.E2E" }
               .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", folder is "docs" or "build" ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
               .Concat(Directory.EnumerateFiles(Root))
           where Path.GetExtension(path) is ".md" or ".props" or ".targets" or ".csproj" or ".sh"
           orderby path
           select new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)),
    ];

    private static IReadOnlyList<CodeType> Scan(Assembly assembly)
    {
        using var file = File.OpenRead(assembly.Location);
        return AssemblyScan.Read(file);
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Crm.sln")))
            at = at.Parent ?? throw new InvalidOperationException("There is no Crm.sln above the tests.");
        return at.FullName;
    }
}
