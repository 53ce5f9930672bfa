using Crm.Web.Features.Settings.Views;

namespace Crm.Web.Features.Leads.List;

/// <summary>Where the leads open for whoever acts, if they chose a view for it.</summary>
public sealed class FirstLeadView(SavedViewService views)
{
    /// <summary>The address of their first view, or null for the board as it comes.</summary>
    internal async Task<string?> AddressAsync(CancellationToken ct) =>
        (await views.ListAsync(ViewAreas.Leads, ct)).Failed(out _, out var mine) || mine.FirstOrDefault(v => v.IsFirst) is not { } first ? null : LeadView.AddressOf(first);
}
