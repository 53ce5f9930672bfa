using Crm.Data;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Crm.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Crm.Web.Features.Leads.List;

/// <summary>The list of leads: filtered, ordered and laid out in its address, read by key, edited in its cells, changed in bulk, live.</summary>
public sealed partial class LeadListPage
{
    private static readonly TimeSpan RestBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Leaving leaving = new();
    private readonly HashSet<Guid> selected = [];
    private IDisposable? subscription;
    private LeadListQuery list = new();
    private LeadMoment moment = null!;
    private IReadOnlyList<StaffMember> agents = [];
    private IReadOnlyList<string> sources = [];
    private LeadListChoices? choices;
    private LeadRuns? runs;
    private (Guid Id, LeadColumn Column)? editing;
    private Guid? picked;
    private Error? refusal;
    private bool allMatching;
    private bool loading;
    private int asked;
    private Guid? undoing;

    /// <summary>Read once while the page is drawn on the server, not again when its circuit begins.</summary>
    [PersistentState] public KeyPage<LeadRow>? Page { get; set; }

    /// <summary>Count and worth; they follow the rows.</summary>
    [PersistentState] public LeadListTotals? Totals { get; set; }

    private static IEnumerable<(string Label, LeadFilter Filter)> BuiltIn =>
    [
        ("All", new LeadFilter()), ("Mine", new LeadFilter { Mine = true }), (LeadWords.Of(LeadWhen.Late), new LeadFilter { When = LeadWhen.Late }), (LeadWords.Of(LeadWhen.Stale), new LeadFilter { When = LeadWhen.Stale }),
    ];

    private IReadOnlyList<FilterChoice> ColumnChoices => [.. Enum.GetValues<LeadColumn>().Where(c => c is not LeadColumn.Name).Select(c => new FilterChoice(c.ToString(), LeadColumns.Of(c), list.Columns.Contains(c)))];

    private bool IsAnySelected => allMatching || selected.Count > 0;
    private bool IsPageSelected => Page is { Rows: { Count: > 0 } rows } && rows.All(IsSelected);
    private int SelectedCount => allMatching ? Totals?.Leads ?? 0 : selected.Count;
    private LeadSelection Selection => new(list.Filter, allMatching ? null : [.. selected]);

    protected override async Task OnInitializedAsync()
    {
        (list, moment) = (LeadListQuery.Read(new Uri(Navigation.Uri).Query), LeadMoment.Of(Shop));
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Time, RestBetweenLooks, _ => InvokeAsync(ReloadAsync));
            subscription = Changes.Subscribe([ChangeKinds.Lead], topics => bursts.OnChangeAsync(topics, leaving.Token));
            Navigation.LocationChanged += Follow;
        }
        if ((await Leads.AgentsAsync(leaving.Token)).Failed(out refusal, out var staff)) return;
        agents = staff;
        if (Page is null || Totals is null) await ReloadAsync();
        if (!(await BoardQueries.SourcesAsync(leaving.Token)).Failed(out _, out var known)) sources = known;
        (await ListQueries.ChoicesAsync(leaving.Token)).Failed(out _, out choices);
    }

    private async Task ShowAsync(LeadListQuery wanted)
    {
        if (wanted.Filter.ToQuery() != list.Filter.ToQuery()) ClearSelection();
        list = wanted;
        await Address.ShowAsync(list.ToAddress(), leaving.Token);
        await ReloadAsync();
    }

    // A link to this list from elsewhere on the page, or the browser's way back.
    private void Follow(object? sender, LocationChangedEventArgs args)
    {
        var address = new Uri(args.Location);
        if (address.AbsolutePath != LeadListQuery.Path) return;
        ClearSelection();
        list = LeadListQuery.Read(address.Query);
        _ = InvokeAsync(ReloadAsync);
    }

    private Task SortAsync(TableSort sort) =>
        Enum.TryParse<LeadColumn>(sort.Key, out var column) ? ShowAsync(list.FromStart() with { Sort = column, Descending = sort.Descending }) : Task.CompletedTask;

    private Task TurnAsync(bool backwards) => Page is { Rows: { Count: > 0 } rows }
        ? ShowAsync(list with { Cursor = (backwards ? rows[0] : rows[^1]).CursorBy(list.Sort), Backwards = backwards })
        : Task.CompletedTask;

    // Only the newest question is answered: an answer that was overtaken by other keystrokes is dropped.
    private async Task ReloadAsync()
    {
        var (question, wanted) = (++asked, list);
        loading = true;
        try
        {
            var page = await ListQueries.PageAsync(wanted, leaving.Token);
            if (question != asked) return;
            if (!page.Failed(out refusal, out var read)) (Page, loading, moment) = (WithEdited(read), false, LeadMoment.Of(Shop));
            StateHasChanged();
            var totals = await ListQueries.TotalsAsync(wanted.Filter, leaving.Token);
            if (question == asked && !totals.Failed(out _, out var sums)) Totals = sums;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            if (question == asked) loading = false;
        }
    }

    // The row that somebody writes in stays where it is, also when a change has put it on another page.
    private KeyPage<LeadRow> WithEdited(KeyPage<LeadRow> read)
    {
        if (editing is not (var id, _) || read.Rows.Any(r => r.Id == id)) return read;
        var at = Page?.Rows.ToList().FindIndex(r => r.Id == id) ?? -1;
        return at < 0 ? read : read with { Rows = [.. read.Rows.Take(at), Page!.Rows[at], .. read.Rows.Skip(at)] };
    }

    private bool IsSelected(LeadRow row) => allMatching || selected.Contains(row.Id);

    // With the shift key, all rows from the one that was picked before.
    private void Pick(LeadRow row, bool shift)
    {
        var on = !IsSelected(row);
        if (allMatching) SelectPage(true);
        var rows = Page!.Rows;
        var (here, there) = (Index(row.Id), shift && picked is { } before ? Index(before) : -1);
        if (there < 0) there = here;
        for (var at = Math.Min(here, there); at <= Math.Max(here, there); at++) Set(rows[at].Id, on);
        picked = row.Id;

        int Index(Guid id) => rows.Select(r => r.Id).ToList().IndexOf(id);
    }

    private void SelectPage(bool on)
    {
        allMatching = false;
        foreach (var row in Page?.Rows ?? []) Set(row.Id, on);
        if (!on) selected.Clear();
    }

    private void Set(Guid id, bool on)
    {
        if (on) selected.Add(id);
        else selected.Remove(id);
    }

    private void SelectAllMatching() => allMatching = true;

    private void ClearSelection()
    {
        (allMatching, picked) = (false, null);
        selected.Clear();
    }

    private async Task StartedAsync(Guid runId)
    {
        ClearSelection();
        await runs!.ShowAsync(runId);
    }

    private async Task SavedAsync(LeadRow row, LeadColumn column, Guid changeId)
    {
        editing = null;
        await ReloadAsync();
        if (changeId == Guid.Empty) return;
        Toasts.Show($"{LeadColumns.Of(column)} of {row.Name} saved", () => InvokeAsync(() => UndoAsync(changeId)));
    }

    private async Task UndoAsync(Guid changeId)
    {
        if (undoing == changeId) return;
        undoing = changeId;
        var undone = await Undo.UndoAsync(changeId, new HashSet<Guid>(), leaving.Token);
        if (undone.Failed(out refusal, out var outcome))
        {
            undoing = null;
            return;
        }
        if (outcome.RunId is { } runId) await runs!.ShowAsync(runId);
        else Toasts.Show(UndoOutcome.WhyNot(undone) ?? "Taken back");
        await ReloadAsync();
    }

    private List<LeadColumn> Toggle(string key, bool on)
    {
        var column = Enum.Parse<LeadColumn>(key);
        return on ? [.. list.Columns, column] : [.. list.Columns.Where(c => c != column)];
    }

    private string ExportHref => $"/leads/export.csv{list.Filter.ToQuery()}";

    private static PhoneCell PhoneOf(LeadColumn column) => column switch
    {
        LeadColumn.Name => PhoneCell.Title,
        LeadColumn.Value => PhoneCell.Amount,
        LeadColumn.Status => PhoneCell.Sub,
        LeadColumn.Priority => PhoneCell.Note,
        LeadColumn.Owner or LeadColumn.NextStep or LeadColumn.Tags => PhoneCell.All,
        _ => PhoneCell.None,
    };

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        subscription?.Dispose();
        leaving.Dispose();
    }
}
