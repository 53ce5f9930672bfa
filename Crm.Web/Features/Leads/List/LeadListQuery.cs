using System.Text;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Web;

namespace Crm.Web.Features.Leads.List;

/// <summary>What the list shows: the board's filter, with an order, columns and a place; all of it in the address.</summary>
public sealed record LeadListQuery
{
    public const string Path = "/leads/list";

    private const string Back = "back";

    public LeadFilter Filter { get; init; } = new();
    public LeadColumn Sort { get; init; } = LeadColumn.Updated;
    public bool Descending { get; init; } = true;
    public IReadOnlyList<LeadColumn> Columns { get; init; } = LeadColumns.Usual;
    public Cursor? Cursor { get; init; }
    public bool Backwards { get; init; }

    /// <summary>Reads the query part of an address; what makes no sense is left out.</summary>
    public static LeadListQuery Read(string? query)
    {
        var values = QueryText.Parse(query);
        var sort = One("sort");
        var columns = (One("cols") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Column).OfType<LeadColumn>().Distinct().ToList();
        return new LeadListQuery
        {
            Filter = LeadFilter.Parse(query),
            Sort = Column(sort?.TrimStart('-')) ?? LeadColumn.Updated,
            Descending = Column(sort?.TrimStart('-')) is null || sort!.StartsWith('-'),
            Columns = columns.Count == 0 ? LeadColumns.Usual : [LeadColumn.Name, .. columns.Where(c => c is not LeadColumn.Name)],
            Cursor = Cursor.Read(One("after") ?? One("before")),
            Backwards = One("before") is not null,
        };

        string? One(string name) => values.TryGetValue(name, out var found) ? found.FirstOrDefault(v => !string.IsNullOrEmpty(v)) : null;
    }

    /// <summary>The first page.</summary>
    public LeadListQuery FromStart() => this with { Cursor = null, Backwards = false };

    /// <summary>The query part without the place, as a view keeps it.</summary>
    public string ToViewQuery()
    {
        var query = new StringBuilder(Filter.ToQuery());
        if (Sort is not LeadColumn.Updated || !Descending) Add("sort", (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant());
        if (!Columns.SequenceEqual(LeadColumns.Usual)) Add("cols", string.Join(',', Columns.Select(c => c.ToString().ToLowerInvariant())));
        return query.ToString();

        void Add(string name, string value) => query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    public string ToAddress()
    {
        var query = ToViewQuery();
        return Cursor is null ? Path + query : $"{Path}{query}{(query.Length == 0 ? '?' : '&')}{(Backwards ? "before" : "after")}={Uri.EscapeDataString(Cursor.ToString())}";
    }

    /// <summary>The address of a lead's panel that leads back to this list.</summary>
    public string AddressOf(Guid leadId)
    {
        var query = Filter.ToQuery();
        return $"/leads/{leadId}{query}{(query.Length == 0 ? '?' : '&')}{Back}={Uri.EscapeDataString(ToAddress())}";
    }

    /// <summary>The list that a panel's address leads back to, if any.</summary>
    public static string? Origin(Uri address) =>
        QueryText.Parse(address.Query).TryGetValue(Back, out var back) && $"{back}" is var list && (list == Path || list.StartsWith(Path + "?", StringComparison.Ordinal)) ? list : null;

    private static LeadColumn? Column(string? name) => Enum.TryParse<LeadColumn>(name, true, out var column) && Enum.IsDefined(column) ? column : null;
}
