using System.Globalization;
using System.Text;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Typed;
using Crm.Web.Platform.Web;
using Crm.Web.Ui.Forms;

namespace Crm.Web.Features.Leads;

/// <summary>What a list of leads can be narrowed to by time; only open leads answer to it.</summary>
public enum LeadWhen { Today, Week, Late, None, Stale, Given }

/// <summary>Which leads are on screen; lives in the address, so that it survives a reload and can be sent to a colleague.</summary>
public sealed record LeadFilter
{
    /// <summary>As many picked leads as an address can hold.</summary>
    public const int MostPicked = 150;

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
    public IReadOnlyList<LeadStatus> Statuses { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Cities { get; init; } = [];
    public Span<long> Value { get; init; } = new(null, null);

    /// <summary>The shop's days.</summary>
    public Span<DateOnly> Created { get; init; } = new(null, null);

    /// <summary>The shop's days of the next step.</summary>
    public Span<DateOnly> NextStep { get; init; } = new(null, null);

    /// <summary>Some leads that were picked by hand, for the export; nothing else is asked then.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>The saved view that this began as, while its filter is being changed.</summary>
    public Guid? View { get; init; }

    public bool IsEmpty => (this with { View = null }).ToQuery().Length == 0;

    /// <summary>From and to, both included; none is open.</summary>
    public readonly record struct Span<T>(T? From, T? To) where T : struct
    {
        public bool IsOpen => From is null && To is null;
    }

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
            Statuses = [.. Of("status").Select(s => Enum.TryParse<LeadStatus>(s, true, out var status) && Enum.IsDefined(status) ? status : (LeadStatus?)null).OfType<LeadStatus>().Distinct()],
            Tags = [.. Of("tag").Distinct()],
            Cities = [.. Of("city").Distinct()],
            Value = new(Minor("valuefrom"), Minor("valueto")),
            Created = new(Day("createdfrom"), Day("createdto")),
            NextStep = new(Day("nextfrom"), Day("nextto")),
            Ids = [.. (values.TryGetValue("id", out var picked) ? picked.OfType<string>() : []).Take(MostPicked).Select(i => Guid.TryParse(i, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()],
            View = Guid.TryParse(Of("view").FirstOrDefault(), out var view) ? view : null,
        };

        DateOnly? Day(string name) => DayText.TryRead(Of(name).FirstOrDefault(), out var day) ? day : null;
        long? Minor(string name) => AmountText.TryParse(Of(name).FirstOrDefault(), out var value) ? value.Minor : null;

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
        foreach (var status in Statuses) Add("status", status.ToString().ToLowerInvariant());
        foreach (var tag in Tags) Add("tag", tag);
        foreach (var city in Cities) Add("city", city);
        Add("valuefrom", Value.From is { } least ? AmountText.Write(new Money(least)) : null);
        Add("valueto", Value.To is { } most ? AmountText.Write(new Money(most)) : null);
        Add("createdfrom", Day(Created.From));
        Add("createdto", Day(Created.To));
        Add("nextfrom", Day(NextStep.From));
        Add("nextto", Day(NextStep.To));
        foreach (var id in Ids) Add("id", id.ToString("N"));
        Add("view", View?.ToString("N"));
        return query.ToString();

        static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

        void Add(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
