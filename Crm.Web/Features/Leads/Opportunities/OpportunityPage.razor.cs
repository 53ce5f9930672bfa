using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>All opportunities: views, filter, board or list, forecast and panel on one address, live for everybody who looks.</summary>
public sealed partial class OpportunityPage
{
    private static readonly TimeSpan RestBetweenLooks = TimeSpan.FromMilliseconds(150);

    private readonly Leaving leaving = new();
    private DealBoard board = null!;
    private IReadOnlyList<StaffMember> agents = [];
    private IReadOnlyList<StageRow> stages = [];
    private IDisposable? subscription;
    private PageScript? script;
    private DealDrawer? drawer;
    private Guid? open;
    private bool creating;
    private Error? error;
    private bool loaded;

    /// <summary>The opportunity whose panel the address opens.</summary>
    [Parameter] public Guid? DealId { get; set; }

    private string Query => board.Filter.ToQuery();
    private string Address => "/opportunities" + Query;

    /// <summary>The address with the panel that is open.</summary>
    private string Here => $"/opportunities{(creating ? "/new" : open is { } id ? $"/{id}" : "")}{Query}";
    private IEnumerable<DealLane> OpenLanes => board.Lanes.Where(l => l.Stage.Outcome is DealOutcome.Open);

    private (string Label, DealFilter Filter)[] Views
    {
        get
        {
            var layout = new DealFilter { AsList = board.Filter.AsList };
            return [("All", layout), ("Mine", layout with { Mine = true }), ("This month", layout with { Close = DealFilter.Name(Shop.Today) }), ("Late", layout with { Close = DealFilter.Late })];
        }
    }

    /// <summary>A link within the page was chosen, or an address of it came back from the history.</summary>
    [JSInvokable]
    public async Task GoAsync(string address, bool fromHistory)
    {
        if (drawer is { IsDirty: true })
        {
            if (fromHistory) await TellAsync("show", Here, false);
            await drawer.AskAsync(() => GoAsync(address, false));
            return;
        }
        var wanted = new Uri(new Uri(Navigation.BaseUri), address);
        var name = wanted.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        (open, creating) = (Guid.TryParse(name, out var id) ? id : null, name == "new");
        if (DealFilter.Parse(wanted.Query) is var filter && filter.ToQuery() != Query) await LoadAsync(filter);
        if (!fromHistory) await TellAsync("show", address, false);
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        subscription?.Dispose();
        leaving.Dispose();
        if (script is not null) await script.DisposeAsync();
        board.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        board = new DealBoard(BoardQueries, Moves);
        var address = new Uri(Navigation.Uri);
        (open, creating) = (DealId, address.AbsolutePath.EndsWith("/new", StringComparison.Ordinal));
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Time, RestBetweenLooks, ids => InvokeAsync(() => LookAsync(ids)));
            subscription = Changes.Subscribe([ChangeKinds.Opportunity, ChangeKinds.User], topics => bursts.OnChangeAsync([.. topics.Where(t => t.Kind == ChangeKinds.Opportunity || t.Id == Guid.Empty)], leaving.Token));
        }
        if ((await Leads.AgentsAsync(leaving.Token)).Failed(out error, out var staff)) return;
        agents = staff;
        await LoadAsync(DealFilter.Parse(address.Query));
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        script = new PageScript(Js);
        await script.StartAsync($"{Assets["Features/Leads/Board/LeadBoardPage.razor.js"]}?deals", this, leaving.Token);
    }

    private Task LoadAsync() => LoadAsync(board.Filter);

    private async Task LoadAsync(DealFilter filter)
    {
        error = await board.LoadAsync(filter, leaving.Token);
        stages = [.. board.Lanes.Select(l => l.Stage)];
        loaded |= error is null;
    }

    private async Task FilterAsync(DealFilter filter)
    {
        await LoadAsync(filter);
        await TellAsync("show", Here, true);
    }

    private Task SortAsync(TableSort sort) => Enum.TryParse<DealSort>(sort.Key, out var by) ? FilterAsync(board.Filter with { Sort = by, Descending = sort.Descending }) : Task.CompletedTask;

    private async Task MoreAsync() => error = await board.MoreAsync(leaving.Token);

    private async Task RefreshAsync()
    {
        error = await board.LoadAsync(board.Filter, leaving.Token);
        StateHasChanged();
    }

    private async Task LookAsync(IReadOnlySet<Guid> ids)
    {
        error = await board.LookAsync(ids, leaving.Token);
        if (ids.Contains(Guid.Empty)) stages = [.. board.Lanes.Select(l => l.Stage)];
        if (ids.Contains(Guid.Empty) || open is { } id && ids.Contains(id)) await LookIntoPanelAsync();
        StateHasChanged();
    }

    private Task LookIntoPanelAsync() => drawer is not null && open is not null ? drawer.LookAsync() : Task.CompletedTask;

    private async Task FollowAsync(string address)
    {
        if (address == "/opportunities" || address.StartsWith("/opportunities?", StringComparison.Ordinal) || address.StartsWith("/opportunities/", StringComparison.Ordinal)) await GoAsync(address, false);
        else Navigation.NavigateTo(address);
    }

    private Task TellAsync(string what, params object?[] args) => script?.TellAsync(what, args, leaving.Token) ?? Task.CompletedTask;
}
