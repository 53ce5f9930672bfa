namespace Crm.Web.Platform.Api;

/// <summary>Takes filters out of an address and gathers what is wrong with them, in the words that clients know.</summary>
public sealed class ApiFilters(HttpRequest request)
{
    private const string NoSuchRow = "Select a valid choice. That choice is not one of the available choices.";

    private readonly Dictionary<string, IReadOnlyList<string>> complaints = new(StringComparer.Ordinal);

    /// <summary>The answer that says everything that is wrong; null when nothing is.</summary>
    public IResult? Refusal => complaints.Count == 0 ? null : ApiErrors.Fields(complaints);

    /// <summary>A text; null when it was not asked for.</summary>
    public string? Text(string name) => request.Query[name].LastOrDefault() is { Length: > 0 } text ? text : null;

    /// <summary>One of some words.</summary>
    /// <param name="read">The word's meaning, or null for no such word.</param>
    public T? Choice<T>(string name, Func<string, T?> read) where T : struct
    {
        if (Text(name) is not { } word) return null;
        if (read(word) is { } meant) return meant;
        complaints[name] = [$"Select a valid choice. {word} is not one of the available choices."];
        return null;
    }

    /// <summary>The id of another record.</summary>
    public Guid? Key(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Guid.TryParse(text, out var id)) return id;
        Refuse(name);
        return null;
    }

    /// <summary>Yes or no; anything else is ignored.</summary>
    public bool? Flag(string name) => Text(name)?.ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => null,
    };

    /// <summary>There is no such record to filter by.</summary>
    public void Refuse(string name) => complaints[name] = [NoSuchRow];
}
