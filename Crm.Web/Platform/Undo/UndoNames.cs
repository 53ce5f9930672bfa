namespace Crm.Web.Platform.Undo;

/// <summary>Names in the model as people say them.</summary>
static class UndoNames
{
    /// <summary>"DietNote" as "diet note".</summary>
    public static string Words(string name) =>
        string.Concat(name.Select((c, at) => !char.IsUpper(c) ? $"{c}" : at == 0 ? $"{char.ToLowerInvariant(c)}" : $" {char.ToLowerInvariant(c)}"));

    /// <summary>"A lead", "An opportunity": a row that whoever reads it may not know.</summary>
    public static string Some(Type kind) => Words(kind.Name) is var words && "aeiou".Contains(words[0]) ? $"An {words}" : $"A {words}";
}
