namespace Crm.Web.Platform.Text;

/// <summary>Shortens what people type or what an address says, alike everywhere.</summary>
public static class TextCut
{
    /// <summary>At most so many characters from the beginning; a character of two halves, such as an emoji, is kept whole or left out.</summary>
    public static string To(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
