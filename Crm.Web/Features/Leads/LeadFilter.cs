using System.Globalization;
using System.Text;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Web;
using Crm.Web.Ui.Forms;

namespace Crm.Web.Features.Leads;

/// <summary>What a list of leads can be narrowed to by time; only open leads answer to it.</summary>
public enum LeadWhen { Today, Week, Late, None, Stale }

/// <summary>Which leads are on screen; lives in the address, so that it survives a reload and can be sent to a colleague.</summary>
public sealed record LeadFilter
{
    private const int MostOfAKind = 50;

    /// <summary>Words of name, company, city, phone, e-mail, number, or of a contact.</summary>
    public string? Search { get; init => field = string.IsNullOrEmpty(value) ? null : CleanText.Cut(value, SearchBox.MaxLength); }

    /// <summary>Those of whoever looks.</summary>
    public bool Mine { get; init; }

    /// <summary>Those that nobody works on yet.</summary>
    public bool Unassigned { get; init; }

    public IReadOnlyList<Guid> Agents { get; init; } = [];
    public IReadOnlyList<LeadPriority> Priorities { get; init; } = [];
    public IReadOnlyList<string> Sources { get; init; } = [];
    public LeadWhen? When { get; init; }

    public bool IsEmpty => ToQuery().Length == 0;

    /// <summary>Reads the query part of an address; what makes no sense is left out.</summary>
    public static LeadFilter Parse(string? query)
    {
        var values = QueryText.Parse(query);
        var agents = Of("agent");
        return new LeadFilter
        {
            Search = Of("q").FirstOrDefault(),
            Mine = agents.Contains("me"),
            Unassigned = agents.Contains("nobody"),
            Agents = [.. agents.Select(a => Guid.TryParse(a, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()],
            Priorities = [.. Of("priority").Select(p => Enum.TryParse<LeadPriority>(p, true, out var priority) && Enum.IsDefined(priority) ? priority : (LeadPriority?)null).OfType<LeadPriority>().Distinct()],
            Sources = [.. Of("source").Distinct()],
            When = Enum.TryParse<LeadWhen>(Of("when").FirstOrDefault(), true, out var when) && Enum.IsDefined(when) ? when : null,
        };

        string[] Of(string name) => values.TryGetValue(name, out var found) ? [.. found.OfType<string>().Where(v => v.Length > 0).Take(MostOfAKind)] : [];
    }

    /// <summary>The query part of the address, with its question mark; empty when everything is shown.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder();
        Add("q", Search);
        if (Mine) Add("agent", "me");
        if (Unassigned) Add("agent", "nobody");
        foreach (var agent in Agents) Add("agent", agent.ToString("D", CultureInfo.InvariantCulture));
        foreach (var priority in Priorities) Add("priority", priority.ToString().ToLowerInvariant());
        foreach (var source in Sources) Add("source", source);
        Add("when", When?.ToString().ToLowerInvariant());
        return query.ToString();

        void Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
