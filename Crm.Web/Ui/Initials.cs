using System.Globalization;

namespace Crm.Web.Ui;

/// <summary>Short form of a person's or a company's name, for the round picture beside it.</summary>
public static class Initials
{
    private static readonly string[] Tints = ["", "g", "y", "s"];

    /// <summary>First letters of the first and the last word, accents kept ("Ọláyínká Adébáyò" is "ỌA"); "?" without a letter.</summary>
    public static string Of(string name)
    {
        var words = name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => char.IsLetterOrDigit(word, 0)).ToArray();
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    /// <summary>One of the four tints, always the same for the same name.</summary>
    public static string Tint(string name) => Tints[name.Aggregate(7, (sum, letter) => (sum * 31 + letter) & 0xFFFF) % Tints.Length];

    private static string First(string word) =>
        StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.CurrentCulture);
}
