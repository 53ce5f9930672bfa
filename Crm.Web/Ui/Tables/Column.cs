using Microsoft.AspNetCore.Components;

namespace Crm.Web.Ui.Tables;

/// <summary>One column of a <see cref="DataTable{TRow}"/>: its head and how a row fills it. Renders nothing itself.</summary>
public sealed class Column<TRow> : ComponentBase, IDisposable
{
    [CascadingParameter] private DataTable<TRow>? Table { get; set; }

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The name by which the query sorts; null where sorting makes no sense.</summary>
    [Parameter] public string? Sort { get; set; }

    /// <summary>True where the first click should put the greatest first: money, counts, dates.</summary>
    [Parameter] public bool DescendingFirst { get; set; }

    /// <summary>Numbers stand right and under each other.</summary>
    [Parameter] public bool Numeric { get; set; }

    /// <summary>Opens the row; where no column does, the first one.</summary>
    [Parameter] public bool Opens { get; set; }

    /// <summary>Where the cell goes on a phone.</summary>
    [Parameter] public PhoneCell Phone { get; set; }

    /// <summary>More classes for the cell, e.g. <c>t3</c> or <c>m</c>.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Hides the title from the eye only, for a column of buttons.</summary>
    [Parameter] public bool TitleHidden { get; set; }

    [Parameter] public RenderFragment<TRow>? ChildContent { get; set; }

    internal string CellCss => $"{(Numeric ? "n" : "")} {Class}".Trim();

    internal string? PhoneName => Phone is PhoneCell.None ? null : Phone.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public void Dispose() => Table?.Leave(this);

    /// <inheritdoc/>
    protected override void OnInitialized() => Table?.Join(this);
}
