using System.Globalization;
using System.Text.Json;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Platform.Api;

/// <summary>
/// Takes fields out of a body by their names and gathers what is wrong with them, in the words that clients know. Fields that nobody
/// asks for are ignored; where a field has several names, complaints are made under the first.
/// </summary>
public sealed class FieldReader(ApiBody body)
{
    private const int LongestEmail = 254;

    private readonly Dictionary<string, List<string>> complaints = new(StringComparer.Ordinal);

    /// <summary>The answer that says everything that is wrong; null when nothing is.</summary>
    public IResult? Refusal => complaints.Count == 0 ? null : ApiErrors.Fields(complaints.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Value));

    public bool IsRefused(string name) => complaints.ContainsKey(name);

    public void Complain(string name, string message)
    {
        if (complaints.TryGetValue(name, out var there)) there.Add(message);
        else complaints[name] = [message];
    }

    public bool Has(params string[] names) => Array.Exists(names, name => body.Find(name) is not null);

    /// <summary>A text that must be there; empty after a complaint.</summary>
    public string Required(int most, params string[] names) => Text(most, trim: true, names) is { } text ? text : Missing(names[0]);

    /// <summary>A text that must be there and is taken as it is, with every blank.</summary>
    public string RequiredSecret(int most, params string[] names) => Text(most, trim: false, names) is { } text ? text : Missing(names[0]);

    /// <summary>An e-mail address that must be there.</summary>
    public string RequiredEmail(params string[] names)
    {
        var email = Required(LongestEmail, names);
        if (!IsRefused(names[0]) && !EmailAddress.IsValid(email)) Complain(names[0], "Enter a valid email address.");
        return email;
    }

    /// <summary>A text, empty where it was sent as empty or null; null when it was not sent at all.</summary>
    public string? Optional(int most, params string[] names)
    {
        if (Find(names) is not { } value) return null;
        return value.ValueKind is JsonValueKind.Null ? "" : Read(value, most, trim: true, names[0]);
    }

    /// <summary>An e-mail address, empty where it was sent as empty; null when it was not sent at all.</summary>
    public string? OptionalEmail(params string[] names)
    {
        var email = Optional(LongestEmail, names);
        if (!string.IsNullOrEmpty(email) && !EmailAddress.IsValid(email)) Complain(names[0], "Enter a valid email address.");
        return email;
    }

    /// <summary>Yes or no; null when it was not sent.</summary>
    public bool? Flag(params string[] names)
    {
        if (Find(names) is not { } value) return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.Null: Complain(names[0], "This field may not be null."); return null;
        }
        switch (value.ToString().ToUpperInvariant())
        {
            case "TRUE" or "1" or "YES" or "ON": return true;
            case "FALSE" or "0" or "NO" or "OFF": return false;
        }
        Complain(names[0], "Must be a valid boolean.");
        return null;
    }

    /// <summary>One of some words; null when it was not sent, or after a complaint.</summary>
    public string? Choice(Func<string, bool> isOne, params string[] names)
    {
        if (Optional(int.MaxValue, names) is not { } word || isOne(word)) return IsRefused(names[0]) ? null : Optional(int.MaxValue, names);
        Complain(names[0], $"\"{word}\" is not a valid choice.");
        return null;
    }

    private string? Text(int most, bool trim, string[] names)
    {
        if (Find(names) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.Null)
        {
            Complain(names[0], "This field may not be null.");
            return "";
        }
        var text = Read(value, most, trim, names[0]);
        if (text.Length == 0 && !IsRefused(names[0])) Complain(names[0], "This field may not be blank.");
        return text;
    }

    private string Missing(string name)
    {
        Complain(name, "This field is required.");
        return "";
    }

    private string Read(JsonElement value, int most, bool trim, string name)
    {
        if (Plain(value) is not { } text)
        {
            Complain(name, "Not a valid string.");
            return "";
        }
        if (trim) text = text.Trim();
        if (text.Contains('\0')) Complain(name, "Null characters are not allowed.");
        if (text.Length > most) Complain(name, string.Create(CultureInfo.InvariantCulture, $"Ensure this field has no more than {most} characters."));
        return IsRefused(name) ? "" : text;
    }

    // A lone half of a surrogate pair is no text that a database would take.
    private static string? Plain(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement? Find(string[] names) => names.Select(body.Find).FirstOrDefault(value => value is not null);
}
