using System.Globalization;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Api;

/// <summary>A page of a list as programs read it.</summary>
/// <param name="Next">Absolute address; null on the last page.</param>
public sealed record ApiPage<T>(int Count, string? Next, string? Previous, IReadOnlyList<T> Results);

/// <summary>Between a list's address and its pages.</summary>
public static class ApiLists
{
    private const string Page = "page";
    private const string Cursor = "cursor";
    private const int LongestSearch = 200;

    /// <summary>What the query of the address asks for.</summary>
    public static ListQuestion Read(HttpRequest request)
    {
        var query = request.Query;
        var size = int.TryParse(query["page_size"].LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, ListQuestion.MostRows) : ListQuestion.UsualSize;
        var search = query["search"].LastOrDefault()?.Trim();
        return new ListQuestion(PageOf(query[Page].LastOrDefault()), size, query[Cursor].LastOrDefault(), query["ordering"].LastOrDefault(),
            string.IsNullOrEmpty(search) ? null : Crm.Data.CleanText.Cut(search, LongestSearch));
    }

    /// <summary>A page of rows, each made ready for the program.</summary>
    public static IResult Answer<TRow, T>(HttpRequest request, ListAnswer<TRow> answer, Func<TRow, T> shape)
    {
        var by = request.Query.ContainsKey(Cursor) ? Cursor : Page;
        return ApiJson.Ok(new ApiPage<T>(answer.Count, Link(request, by, answer.Next), Link(request, by, answer.Previous), [.. answer.Rows.Select(shape)]));
    }

    /// <summary>A list's refusal: there is no such page, or another one.</summary>
    public static IResult Refuse(Error error) => error is InvalidPage or InvalidCursor ? ApiErrors.Detail(StatusCodes.Status404NotFound, error.Message) : ApiErrors.Of(error);

    /// <summary>A question for a list that was never paged: all of it, as many rows as one answer holds.</summary>
    public static ListQuestion Bare(HttpRequest request, int most) => new(null, most, request.Query[Cursor].LastOrDefault() ?? "", null, null);

    /// <summary>A list that was never paged: bare, and where it goes on in a header.</summary>
    public static IResult Bare<TRow, T>(HttpContext context, ListAnswer<TRow> answer, Func<TRow, T> shape)
    {
        if (answer.Next is { } next) context.Response.Headers.Link = $"<{ApiLinks.Here(context.Request)}?{Cursor}={Uri.EscapeDataString(next)}>; rel=\"next\"";
        return ApiJson.Ok(answer.Rows.Select(shape).ToList());
    }

    /// <summary>The same for a list in the order of its ids.</summary>
    /// <param name="last">The last row, when more follow.</param>
    public static IResult Bare<TRow, T>(HttpContext context, IReadOnlyList<TRow> rows, Guid? last, Func<TRow, T> shape)
    {
        if (last is { } after) context.Response.Headers.Link = $"<{ApiLinks.Here(context.Request)}?after={after}>; rel=\"next\"";
        return ApiJson.Ok(rows.Select(shape).ToList());
    }

    /// <summary>The row behind which a bare list is to go on; null for its beginning.</summary>
    public static Guid? After(HttpRequest request) => Guid.TryParse(request.Query["after"].LastOrDefault(), out var id) ? id : null;

    private static int? PageOf(string? text) => text switch
    {
        null or "" => 1,
        "last" => ListQuestion.LastPage,
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : null,
    };

    // The other parameters stay, in the order of their names; the first page needs no number.
    private static string? Link(HttpRequest request, string by, string? to)
    {
        if (to is null) return null;
        var pairs = request.Query.Where(q => q.Key != by).SelectMany(q => q.Value.Select(v => (q.Key, Value: v ?? ""))).ToList();
        if (by != Page || to != "1") pairs.Add((by, to));
        var query = string.Join('&', pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return query.Length == 0 ? ApiLinks.Here(request) : $"{ApiLinks.Here(request)}?{query}";
    }
}
