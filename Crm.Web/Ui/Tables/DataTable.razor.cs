using Microsoft.AspNetCore.Components;

namespace Crm.Web.Ui.Tables;

/// <summary>The list of the house: light enough that 25 rows cost little per circuit. Columns are its children.</summary>
public partial class DataTable<TRow>
{
    private readonly List<Column<TRow>> columns = [];

    /// <summary>The rows on screen; null while the first ones are still loading.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TRow>? Rows { get; set; }

    /// <summary>What tells two rows apart, so that a moved row stays itself.</summary>
    [Parameter, EditorRequired] public Func<TRow, object> Key { get; set; } = row => row!;

    /// <summary>Spoken name of the list.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>True while other rows are being fetched; those on screen stay, faded.</summary>
    [Parameter] public bool Loading { get; set; }

    /// <summary>Where a row leads. The first column becomes the link; it covers the row.</summary>
    [Parameter] public Func<TRow, string>? Href { get; set; }

    /// <summary>What opening a row does where it has no address of its own (a side panel).</summary>
    [Parameter] public EventCallback<TRow> OnOpen { get; set; }

    /// <summary>The order now in force.</summary>
    [Parameter] public TableSort? Sort { get; set; }

    /// <summary>Asked for another order (interactive pages).</summary>
    [Parameter] public EventCallback<TableSort> SortChanged { get; set; }

    /// <summary>The address of the same list in another order (static pages); wins over <see cref="SortChanged"/>.</summary>
    [Parameter] public Func<TableSort, string>? SortHref { get; set; }

    /// <summary><c>sel</c> for chosen rows, <c>er</c> for faulty ones.</summary>
    [Parameter] public Func<TRow, string?>? RowClass { get; set; }

    [Parameter] public string? Class { get; set; }

    /// <summary>Stands in for the rows when there are none.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Sum of the whole filtered list, not only of the rows on screen.</summary>
    [Parameter] public RenderFragment? Footer { get; set; }

    /// <summary>The <see cref="Column{TRow}"/>s.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    internal void Join(Column<TRow> column)
    {
        columns.Add(column);
        if (drawn) StateHasChanged();
    }

    internal void Leave(Column<TRow> column) => columns.Remove(column);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => drawn = true;

    private bool drawn;

    private Column<TRow> Opener => columns.Find(c => c.Opens) ?? columns[0];

    private TableSort Next(Column<TRow> column) => TableSort.Next(Sort, column.Sort!, column.DescendingFirst);

    private string? AriaSort(Column<TRow> column) =>
        column.Sort is null ? null
        : column.Sort != Sort?.Key ? "none"
        : Sort.Descending ? "descending" : "ascending";

    private RenderFragment SortMark(Column<TRow> column) => builder =>
    {
        if (column.Sort != Sort?.Key) return;
        builder.OpenComponent<Icon>(0);
        builder.AddComponentParameter(1, nameof(Icon.Name), Sort!.Descending ? "down" : "up");
        builder.CloseComponent();
    };
}
