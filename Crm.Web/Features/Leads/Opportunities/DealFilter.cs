using System.Globalization;
using System.Text;
using Crm.Data;
using Crm.Web.Platform.Web;
using Crm.Web.Ui.Forms;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>By what the list of opportunities is ordered.</summary>
public enum DealSort { Stage, Title, Whose, Amount, Close, Owner, Weighted }

/// <summary>Which opportunities are on screen and how; lives in the address, so that it survives a reload and can be sent to a colleague.</summary>
public sealed record DealFilter
{
    /// <summary>Open ones whose day has passed, as a value of <see cref="Close"/>.</summary>
    public const string Late = "late";

    /// <summary>Those without a day.</summary>
    public const string Undated = "none";

    private const int MostOfAKind = 50;
    private const string MonthFormat = "yyyy-MM";

    /// <summary>Words of the title, the lead or the customer.</summary>
    public string? Search { get; init => field = string.IsNullOrEmpty(value) ? null : CleanText.Cut(value, SearchBox.MaxLength); }

    /// <summary>Those of whoever looks.</summary>
    public bool Mine { get; init; }

    /// <summary>Those that nobody works on yet.</summary>
    public bool Unassigned { get; init; }
    public IReadOnlyList<Guid> Agents { get; init; } = [];
    public IReadOnlyList<Guid> Stages { get; init; } = [];

    /// <summary>A month as 2026-12, <see cref="Late"/> or <see cref="Undated"/>.</summary>
    public string? Close { get; init; }
    public Guid? LeadId { get; init; }
    public Guid? CustomerId { get; init; }

    /// <summary>As a list; else as the board.</summary>
    public bool AsList { get; init; }
    public DealSort Sort { get; init; }
    public bool Descending { get; init; }

    /// <summary>Whether everything is shown, in whatever layout.</summary>
    public bool IsEmpty => this with { AsList = false, Sort = default, Descending = false } is var all && all.ToQuery().Length == 0;

    /// <summary>The first day of the month that is asked for.</summary>
    public DateOnly? Month => MonthOf(Close);

    /// <summary>Reads the query part of an address; what makes no sense is left out.</summary>
    public static DealFilter Parse(string? query)
    {
        var values = QueryText.Parse(query);
        var agents = Of("agent");
        var sort = Of("sort").FirstOrDefault() ?? "";
        var close = Of("close").FirstOrDefault();
        return new DealFilter
        {
            Search = Of("q").FirstOrDefault(),
            Mine = agents.Contains("me"),
            Unassigned = agents.Contains("nobody"),
            Agents = Ids(agents),
            Stages = Ids(Of("stage")),
            Close = close is Late or Undated || MonthOf(close) is not null ? close : null,
            LeadId = Ids(Of("lead")) is [var lead, ..] ? lead : null,
            CustomerId = Ids(Of("customer")) is [var customer, ..] ? customer : null,
            AsList = Of("view").FirstOrDefault() == "list",
            Sort = Enum.TryParse<DealSort>(sort.TrimStart('-'), true, out var by) && Enum.IsDefined(by) ? by : default,
            Descending = sort.StartsWith('-'),
        };

        string[] Of(string name) => values.TryGetValue(name, out var found) ? [.. found.OfType<string>().Where(v => v.Length > 0).Take(MostOfAKind)] : [];

        static Guid[] Ids(string[] texts) => [.. texts.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];
    }

    /// <summary>The query part of the address, with its question mark; empty for the board of everything.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder();
        if (AsList) Add("view", "list");
        if (AsList && (Sort != default || Descending)) Add("sort", (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant());
        Add("q", Search);
        if (Mine) Add("agent", "me");
        if (Unassigned) Add("agent", "nobody");
        foreach (var agent in Agents) Add("agent", agent.ToString("D", CultureInfo.InvariantCulture));
        foreach (var stage in Stages) Add("stage", stage.ToString("D", CultureInfo.InvariantCulture));
        Add("close", Close);
        Add("lead", LeadId?.ToString("D", CultureInfo.InvariantCulture));
        Add("customer", CustomerId?.ToString("D", CultureInfo.InvariantCulture));
        return query.ToString();

        void Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>A month as the address writes it.</summary>
    public static string Name(DateOnly month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    private static DateOnly? MonthOf(string? text) => DateOnly.TryParseExact(text, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 1900 and < 9999 ? month : null;
}
