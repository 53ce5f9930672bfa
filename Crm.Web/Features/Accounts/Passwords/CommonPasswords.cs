using System.Collections.Frozen;
using System.IO.Compression;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// The passwords that are guessed first: the 10,000 commonest, and of the million commonest all that the other rules would let
/// through. Where they come from: docs/data-sources.md.
/// </summary>
static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>Whatever the case of its letters.</summary>
    public static bool Has(string password) => All.Value.Contains(password.Trim());

    private static FrozenSet<string> Read()
    {
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt.gz")
            ?? throw new InvalidOperationException("The list of common passwords is not part of this build.");
        using var lines = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var all = new List<string>();
        while (lines.ReadLine() is { } line) all.Add(line);
        return all.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
