using System.Globalization;

namespace Crm.Web.Platform.Api;

/// <summary>Reads fields that are more than a text, with the complaints that clients know; an empty text where null or nothing was sent is no value.</summary>
public static class TypedFields
{
    /// <summary>A text that must be there when the record is sent as a whole, and must not be blank when it is there; null when it was not sent.</summary>
    public static string? Needed(this FieldReader fields, bool whole, int most, string name) => whole || fields.Has(name) ? fields.Required(most, name) : null;

    /// <summary>An e-mail address, likewise.</summary>
    public static string? NeededEmail(this FieldReader fields, bool whole, string name) => whole || fields.Has(name) ? fields.RequiredEmail(name) : null;

    /// <summary>A word for a value, likewise; null after a complaint.</summary>
    public static T? NeededChoice<T>(this FieldReader fields, bool whole, string name, Func<string, T?> read) where T : struct =>
        fields.Needed(whole, int.MaxValue, name) is { } word ? Meaning(fields, name, word, read) : null;

    /// <summary>A word for a value; null when it was not sent, or after a complaint.</summary>
    public static T? OptionalChoice<T>(this FieldReader fields, string name, Func<string, T?> read) where T : struct =>
        fields.Optional(int.MaxValue, name) is { } word ? Meaning(fields, name, word, read) : null;

    /// <summary>The id of another record that must be named when the record is sent as a whole.</summary>
    public static Guid? NeededKey(this FieldReader fields, bool whole, string name) => whole || fields.Has(name) ? Key(fields, name, fields.Required(int.MaxValue, name)) : null;

    /// <summary>The id of another record; nothing where null was sent.</summary>
    public static Guid? OptionalKey(this FieldReader fields, string name) => fields.Optional(int.MaxValue, name) is { Length: > 0 } text ? Key(fields, name, text) : null;

    /// <summary>Complains that there is no record of an id.</summary>
    public static void NoSuch(this FieldReader fields, string name, string id) => fields.Complain(name, $"Invalid pk \"{id}\" - object does not exist.");

    /// <summary>An instant; without an offset it is meant as UTC.</summary>
    public static DateTime? NeededInstant(this FieldReader fields, bool whole, string name)
    {
        if (fields.Needed(whole, int.MaxValue, name) is not { } text || fields.IsRefused(name)) return null;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant)
            && text.Length >= 10 && text[4] == '-' && instant.Year > 1) return instant;
        fields.Complain(name, "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
        return null;
    }

    /// <summary>An amount of at most ten digits, two of them behind the point, and not below nothing; null when none was sent.</summary>
    public static decimal? OptionalAmount(this FieldReader fields, string name)
    {
        if (fields.Optional(int.MaxValue, name) is not { Length: > 0 } text) return null;
        if (text.Length > 100 || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount))
            fields.Complain(name, "A valid number is required.");
        else if (amount < 0) fields.Complain(name, "Ensure this value is greater than or equal to 0.");
        else if (amount.Scale > 2 && decimal.Round(amount, 2) != amount) fields.Complain(name, "Ensure that there are no more than 2 decimal places.");
        else if (amount >= 100_000_000m) fields.Complain(name, "Ensure that there are no more than 8 digits before the decimal point.");
        else return amount;
        return null;
    }

    private static T? Meaning<T>(FieldReader fields, string name, string word, Func<string, T?> read) where T : struct
    {
        if (fields.IsRefused(name)) return null;
        if (read(word) is { } meant) return meant;
        fields.Complain(name, $"\"{word}\" is not a valid choice.");
        return null;
    }

    private static Guid? Key(FieldReader fields, string name, string text)
    {
        if (fields.IsRefused(name)) return null;
        if (Guid.TryParse(text, out var id)) return id;
        fields.NoSuch(name, text.Length > 100 ? text[..100] : text);
        return null;
    }
}
