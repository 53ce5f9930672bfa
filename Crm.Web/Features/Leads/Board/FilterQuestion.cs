using Crm.Data.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Access;

namespace Crm.Web.Features.Leads.Board;

/// <summary>An answer that can be ticked.</summary>
/// <param name="Short">How a chip says it; the label when null.</param>
public sealed record FilterChoice(string Key, string Label, bool On, string? Short = null);

/// <summary>One question that the board can be narrowed by: its answers, and the filter with an answer ticked or not.</summary>
/// <param name="Key">For element ids.</param>
/// <param name="Choose">The filter after the tick.</param>
/// <param name="Clear">The filter without this question.</param>
public sealed record FilterQuestion(string Key, string Label, IReadOnlyList<FilterChoice> Choices, Func<LeadFilter, string, bool, LeadFilter> Choose, Func<LeadFilter, LeadFilter> Clear)
{
    private const string Me = "me";
    private const string Nobody = "nobody";

    /// <summary>The ticked answers in words, or null.</summary>
    public string? Ticked => Choices.Any(c => c.On) ? string.Join(", ", Choices.Where(c => c.On).Select(c => c.Short ?? c.Label)) : null;

    /// <summary>The questions, with the answers that a filter has ticked.</summary>
    public static IReadOnlyList<FilterQuestion> All(LeadFilter filter, IReadOnlyList<StaffMember> agents, IReadOnlyList<string> sources, LeadListChoices? more = null) =>
    [
        new("agent", "Agent",
            [new(Me, "Me", filter.Mine), .. agents.Select(a => new FilterChoice(a.Id.ToString(), a.Name, filter.Agents.Contains(a.Id), a.Name.Split(' ')[0])), new(Nobody, "Nobody yet", filter.Unassigned)],
            (f, key, on) => key switch
            {
                Me => f with { Mine = on },
                Nobody => f with { Unassigned = on },
                _ => f with { Agents = Toggle(f.Agents, Guid.Parse(key), on) },
            },
            f => f with { Mine = false, Unassigned = false, Agents = [] }),
        new("priority", "Priority",
            [.. Enum.GetValues<LeadPriority>().Reverse().Select(p => new FilterChoice(p.ToString(), LeadWords.Of(p), filter.Priorities.Contains(p)))],
            (f, key, on) => f with { Priorities = Toggle(f.Priorities, Enum.Parse<LeadPriority>(key), on) },
            f => f with { Priorities = [] }),
        new("source", "Source",
            [.. sources.Union(filter.Sources).Select(s => new FilterChoice(s, s, filter.Sources.Contains(s)))],
            (f, key, on) => f with { Sources = Toggle(f.Sources, key, on) },
            f => f with { Sources = [] }),
        new("when", "Next step",
            [.. Enum.GetValues<LeadWhen>().Select(w => new FilterChoice(w.ToString(), LeadWords.Of(w), filter.When == w))],
            (f, key, on) => f with { When = on ? Enum.Parse<LeadWhen>(key) : null },
            f => f with { When = null }),
        .. More(filter, more),
    ];

    // The list asks for more than the board; what an address brings along is shown on both, so that it can be taken away.
    private static IEnumerable<FilterQuestion> More(LeadFilter filter, LeadListChoices? more)
    {
        if (more is not null || filter.Statuses.Count > 0)
            yield return new("status", "Stage",
                [.. Enum.GetValues<LeadStatus>().Select(s => new FilterChoice(s.ToString(), LeadWords.Of(s), filter.Statuses.Contains(s)))],
                (f, key, on) => f with { Statuses = Toggle(f.Statuses, Enum.Parse<LeadStatus>(key), on) }, f => f with { Statuses = [] });
        if (more is not null || filter.Tags.Count > 0)
            yield return new("tag", "Tag", [.. (more?.Tags ?? []).Union(filter.Tags).Select(t => new FilterChoice(t, t, filter.Tags.Contains(t)))],
                (f, key, on) => f with { Tags = Toggle(f.Tags, key, on) }, f => f with { Tags = [] });
        if (more is not null || filter.Cities.Count > 0)
            yield return new("city", "City", [.. (more?.Cities ?? []).Union(filter.Cities).Select(c => new FilterChoice(c, c, filter.Cities.Contains(c)))],
                (f, key, on) => f with { Cities = Toggle(f.Cities, key, on) }, f => f with { Cities = [] });
    }

    private static IReadOnlyList<T> Toggle<T>(IReadOnlyList<T> list, T item, bool on) => on ? [.. list.Where(i => !Equals(i, item)), item] : [.. list.Where(i => !Equals(i, item))];
}
