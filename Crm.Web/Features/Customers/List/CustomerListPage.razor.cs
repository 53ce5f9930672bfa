using Crm.Data;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Overlays;
using Crm.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Crm.Web.Features.Customers.List;

/// <summary>The list of all customers: searched, filtered and sorted in its address, read by key, and following every change.</summary>
public sealed partial class CustomerListPage
{
    private const string Path = "/customers";

    // the whole list is summed anew at each look
    private static readonly TimeSpan RestBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Leaving leaving = new();
    private IDisposable? subscription;
    private CustomerListQuery list = new();
    private CustomerListChoices? choices;
    private ActiveFilter? help;
    private string? nobody;
    private Error? refusal;
    private bool loading;
    private Drawer? drawer;
    private CustomerForm? form;
    private bool adding;
    private bool unsaved;
    private int asked;

    /// <summary>Read once while the page is drawn on the server, not again when its circuit begins.</summary>
    [PersistentState] public KeyPage<CustomerRow>? Page { get; set; }

    /// <summary>Count and sums; they follow the rows.</summary>
    [PersistentState] public CustomerTotals? Totals { get; set; }

    protected override async Task OnInitializedAsync()
    {
        list = CustomerListQuery.Read(new Uri(Navigation.Uri).Query);
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Time, RestBetweenLooks, _ => InvokeAsync(ReloadAsync));
            subscription = Changes.Subscribe([ChangeKinds.Customer], topics => bursts.OnChangeAsync(topics, leaving.Token));
            Navigation.LocationChanged += Follow;
        }
        if (Page is null || Totals is null) await ReloadAsync();
        if (choices is null) (await Customers.ChoicesAsync(leaving.Token)).Failed(out _, out choices);
    }

    private async Task ShowAsync(CustomerListQuery wanted)
    {
        list = wanted;
        await Address.ShowAsync(list.ToAddress(Path), leaving.Token);
        await ReloadAsync();
    }

    // A link to this list from elsewhere on the page, or the browser's way back.
    private void Follow(object? sender, LocationChangedEventArgs args)
    {
        var address = new Uri(args.Location);
        if (address.AbsolutePath != Path) return;
        list = CustomerListQuery.Read(address.Query);
        _ = InvokeAsync(ReloadAsync);
    }

    private Task SortAsync(TableSort sort) =>
        Enum.TryParse<CustomerColumn>(sort.Key, out var column) ? ShowAsync(list.FromStart() with { Sort = column, Descending = sort.Descending }) : Task.CompletedTask;

    private Task LaterAsync() => TurnAsync(rows => rows[^1], backwards: false);
    private Task EarlierAsync() => TurnAsync(rows => rows[0], backwards: true);

    private Task TurnAsync(Func<IReadOnlyList<CustomerRow>, CustomerRow> edge, bool backwards) => Page is { Rows: { Count: > 0 } rows }
        ? ShowAsync(list with { Cursor = edge(rows).CursorBy(list.Sort), Backwards = backwards })
        : Task.CompletedTask;

    // Only the newest question is answered: an answer that was overtaken by other keystrokes is dropped.
    private async Task ReloadAsync()
    {
        var (question, wanted) = (++asked, list);
        loading = true;
        try
        {
            var page = await Customers.PageAsync(wanted, leaving.Token);
            if (question != asked) return;
            if (!page.Failed(out refusal, out var read)) (Page, loading) = (read, false);
            StateHasChanged();
            var totals = await Customers.TotalsAsync(wanted, leaving.Token);
            if (question != asked) return;
            if (!totals.Failed(out _, out var sums)) Totals = sums;
            if (Page is { Rows.Count: 0 } && wanted.IsNarrowed) await SeekHelpAsync(wanted);
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

    private async Task SeekHelpAsync(CustomerListQuery wanted)
    {
        var (filter, customers) = await Customers.HelpAsync(wanted, leaving.Token);
        help = filter;
        nobody = filter is null
            ? wanted.Search is { } text ? $"Nobody is found by “{text}”. Try fewer letters, a phone number or an e-mail address." : "No single filter is to blame; start again with fewer."
            : $"Without “{filter.Label}” there would be {customers:N0}.";
    }

    private Task ForgetAsync()
    {
        unsaved = false;
        return form?.ForgetAsync() ?? Task.CompletedTask;
    }

    private void OpenAsync(Guid customerId) => Navigation.NavigateTo($"{Path}/{customerId}");

    private string Visit(CustomerRow row) => row.LastOrderAt is { } at ? CustomerWords.Ago(Shop.DayOf(at), Shop.Today) : "Never";

    private bool IsLongAway(CustomerRow row) => row.LastOrderAt is { } at && Shop.Today.DayNumber - Shop.DayOf(at).DayNumber > CustomerWords.LongAwayDays;

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        subscription?.Dispose();
        leaving.Dispose();
    }
}
