using Crm.Web.Features.Settings.Views;

namespace Crm.Web.Features.Leads.List;

/// <summary>The addresses of saved views: the board's or the list's, with the view's query and its id.</summary>
public static class LeadView
{
    private const string List = "layout=list";

    /// <summary>The marker of a list in a view's query.</summary>
    public static string ListQuery(LeadListQuery list) => Join(list.ToViewQuery(), List);

    public static string AddressOf(SavedViewRow view) => AddressOf(view.Query, view.Id);

    /// <summary>Where a query with its layout is shown.</summary>
    /// <param name="viewId">The view that it belongs to.</param>
    public static string AddressOf(string query, Guid? viewId)
    {
        var list = query.Contains(List, StringComparison.Ordinal) ? LeadListQuery.Read(query) : null;
        return list is null
            ? "/leads" + (LeadFilter.Parse(query) with { View = viewId }).ToQuery()
            : (list with { Filter = list.Filter with { View = viewId } }).FromStart().ToAddress();
    }

    /// <summary>As a view keeps it: what is shown, without the view that it began as.</summary>
    public static string Kept(string query)
    {
        var list = LeadListQuery.Read(query);
        list = list with { Filter = list.Filter with { View = null, Ids = [] } };
        return query.Contains(List, StringComparison.Ordinal) ? ListQuery(list) : list.Filter.ToQuery();
    }

    private static string Join(string query, string more) => query.Length == 0 ? "?" + more : $"{query}&{more}";
}
