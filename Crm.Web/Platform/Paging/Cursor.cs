using System.Globalization;

namespace Crm.Web.Platform.Paging;

/// <summary>A place in an ordered list, so that a page starts right behind a row whatever came or went before it.</summary>
/// <param name="Key">The row's value in the column that orders the list, as text; null where the row has none.</param>
/// <param name="Id">Tells rows of the same value apart.</param>
public sealed record Cursor(string? Key, Guid Id)
{
    private const int IdLength = 32;

    /// <summary>A cursor behind a value of any type that <see cref="Keyset{TRow}"/> orders by.</summary>
    public static Cursor At(object? key, Guid id) => new(key switch
    {
        null => null,
        DateTime instant => instant.Ticks.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => key.ToString(),
    }, id);

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is no cursor.</summary>
    public static Cursor? Read(string? text) =>
        text is { Length: >= IdLength } && Guid.TryParseExact(text[..IdLength], "N", out var id) && (text.Length == IdLength || text[IdLength] == '.')
            ? new Cursor(text.Length == IdLength ? null : text[(IdLength + 1)..], id)
            : null;

    /// <summary>For an address.</summary>
    public override string ToString() => Key is null ? Id.ToString("N") : $"{Id:N}.{Key}";
}
