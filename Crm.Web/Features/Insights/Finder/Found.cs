namespace Crm.Web.Features.Insights.Finder;

/// <summary>A record that was found, and where it opens.</summary>
/// <param name="Kind">One of <see cref="Crm.Data.ChangeKinds"/>, or contact.</param>
/// <param name="Id">Of the record itself, not of the page that it opens on.</param>
public sealed record Found(string Kind, Guid Id, string Title, string Subtitle, string Href);

/// <summary>A record that the browser remembers to have opened.</summary>
public sealed record Visited(string Kind, Guid Id);
