using Crm.Data;

namespace Crm.Web.Platform.Typed;

/// <summary>One field of a form, so that two people's versions can be compared and joined.</summary>
/// <param name="Name">Property of the form.</param>
/// <param name="Read">What it says, as people read it; null for nothing.</param>
/// <param name="Take">Puts the second form's value into the first.</param>
public sealed record FormField<TForm>(string Name, string Label, Func<TForm, string?> Read, Action<TForm, TForm> Take);

/// <summary>One field that two people changed to different values.</summary>
/// <param name="Field">Property of the form.</param>
public sealed record Clash(string Field, string Label, string? Theirs, string? Mine);

/// <summary>Joins what two people changed in the same form, instead of letting the last one overwrite the other.</summary>
public static class FormJoin
{
    /// <summary>
    /// A field that only the others changed takes their value into <paramref name="mine"/>; the fields that both changed, each to
    /// something else, come back as clashes.
    /// </summary>
    /// <param name="original">The form as it was opened.</param>
    /// <param name="theirs">The record as it is stored now.</param>
    public static List<Clash> Into<TForm>(IEnumerable<FormField<TForm>> fields, TForm original, TForm mine, TForm theirs)
    {
        var clashes = new List<Clash>();
        foreach (var field in fields)
        {
            var (before, ours, stored) = (field.Read(original), field.Read(mine), field.Read(theirs));
            if (ours == before) field.Take(mine, theirs);
            else if (stored != before && stored != ours) clashes.Add(new(field.Name, field.Label, stored, ours));
        }
        return clashes;
    }

    /// <summary>Whether any field says something else.</summary>
    public static bool Differ<TForm>(IEnumerable<FormField<TForm>> fields, TForm one, TForm other) => fields.Any(f => f.Read(one) != f.Read(other));

    /// <summary>Takes over one field.</summary>
    /// <param name="name">Of <see cref="FormField{TForm}.Name"/>.</param>
    public static void Take<TForm>(IEnumerable<FormField<TForm>> fields, string name, TForm to, TForm from) => fields.Single(f => f.Name == name).Take(to, from);

    /// <summary>A text as it counts: without stray control characters, trimmed, blank is nothing.</summary>
    public static string? Text(string? typed) => CleanText.Typed(typed);
}
