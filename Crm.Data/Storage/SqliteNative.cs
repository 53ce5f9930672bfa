using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Crm.Data.Storage;

/// <summary>
/// Lets EF Core's SQLite provider run on the system's libsqlite3; docs/decisions/0002-sqlite-without-its-bundle.md says why.
/// </summary>
public static class SqliteNative
{
    /// <summary>The oldest library that has every feature the model uses.</summary>
    public static readonly Version Oldest = new(3, 39);

    /// <summary>False when no system library was found: the application must not start then.</summary>
    public static bool IsFound { get; private set; }

#pragma warning disable CA2255 // the one place that must run before any SQLite code
    [ModuleInitializer]
    internal static void Prepare()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name!.StartsWith("SQLitePCLRaw", StringComparison.Ordinal)
            && Path.Combine(AppContext.BaseDirectory, name.Name + ".dll") is var path && File.Exists(path)
                ? context.LoadFromAssemblyPath(path)
                : null;
        UseSystemLibrary();
    }
#pragma warning restore CA2255

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(Assembly.Load("SQLitePCLRaw.provider.e_sqlite3"), static (name, _, _) =>
        {
            if (name != "e_sqlite3") return 0;
            if (NativeLibrary.TryLoad("libsqlite3.so.0", out var handle))
            {
                IsFound = true;
                return handle;
            }
            throw new DllNotFoundException("SQLite is missing: install libsqlite3-0 (apt install libsqlite3-0).");
        });
        try
        {
            SQLitePCL.Batteries_V2.Init();
        }
        catch (DllNotFoundException)
        {
            IsFound = false;
        }
    }
}
