namespace Crm.Web.Platform.BlazorScript;

/// <summary>One small change to the script, without which it would not know a message of the newer server.</summary>
/// <param name="Why">What fails without it.</param>
/// <param name="Find">Text that must occur exactly once.</param>
/// <param name="Replacement">What stands in its place.</param>
public sealed record ScriptPatch(string Why, string Find, string Replacement)
{
    /// <summary>The changes that script 9.0.22 needs on server 10.</summary>
    public static readonly IReadOnlyList<ScriptPatch> All =
    [
        new("NotFound() after streaming began", "case\"redirection\":", "case\"not-found\":case\"redirection\":"),
        new("Persistent state on a later visit in a living circuit", "send(\"UpdateRootComponents\",e,\"\")", "send(\"UpdateRootComponents\",e,Tt(document)||\"\")"),
    ];

    /// <summary>What the second change calls; the script must define it.</summary>
    public const string StateReader = "function Tt(e){return Rt(e,Et)}";

    /// <summary>Applies every change, or refuses: a script that has moved on must be looked at by a person.</summary>
    public static string Apply(string script)
    {
        Once(script, StateReader);
        foreach (var patch in All)
        {
            Once(script, patch.Find);
            script = script.Replace(patch.Find, patch.Replacement, StringComparison.Ordinal);
        }
        return script;
    }

    private static void Once(string script, string text)
    {
        var first = script.IndexOf(text, StringComparison.Ordinal);
        if (first < 0 || script.IndexOf(text, first + 1, StringComparison.Ordinal) >= 0)
            throw new InvalidOperationException($"blazor.web.js: \"{text}\" does not occur exactly once. See docs/decisions/0004-blazor-script.md.");
    }
}
