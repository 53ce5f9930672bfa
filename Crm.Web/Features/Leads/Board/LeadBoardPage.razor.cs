using Crm.Data.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Panel;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Crm.Web.Features.Leads.Board;

/// <summary>The board that agents live in: views, filter, columns and panel on one address, live for everybody who looks.</summary>
public sealed partial class LeadBoardPage
{
    private readonly Leaving leaving = new();
    private LeadBoard board = null!;
    private IReadOnlyList<StaffMember> agents = [];
    private IReadOnlyList<string> sources = [];
    private IDisposable? subscription;
    private PageScript? script;
    private LeadDrawer? drawer;
    private BoardView? view;
    private LeadStatus first;
    private Guid? open;
    private bool creating;
    private Error? error;
    private bool loaded;
    private string? list;

    /// <summary>The lead whose panel the address opens.</summary>
    [Parameter] public Guid? LeadId { get; set; }

    private string Query => board.Filter.ToQuery();
    private string Address => "/leads" + Query;
    private string ExportHref => "/leads/export.csv" + Query;

    /// <summary>The address with the panel that is open.</summary>
    private string Here => $"/leads{(creating ? "/new" : open is { } id ? $"/{id}" : "")}{Query}";
    private IEnumerable<Lane> Open => board.Lanes.Where(l => LeadStages.Open.Contains(l.Status));

    private View[] Views =>
    [
        new("All open", board.Tabs.Open, new LeadFilter()),
        new("Mine", board.Tabs.Mine, new LeadFilter { Mine = true }),
        new(LeadWords.Of(LeadWhen.Today), board.Tabs.Today, new LeadFilter { When = LeadWhen.Today }),
        new(LeadWords.Of(LeadWhen.Late), board.Tabs.Late, new LeadFilter { When = LeadWhen.Late }),
        new(LeadWords.Of(LeadWhen.Stale), board.Tabs.Stale, new LeadFilter { When = LeadWhen.Stale }),
    ];

    /// <summary>A link within the board was chosen, or an address of it came back from the history.</summary>
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
        if (LeadFilter.Parse(wanted.Query) is var filter && filter.ToQuery() != Query) await LoadAsync(filter);
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
        board = new LeadBoard(BoardQueries, Moves);
        // Before anything else is under way: what is still reading when a page gives up would fail it.
        if (LeadId is { } wanted && !RendererInfo.IsInteractive && (await Leads.LookForAsync(wanted, leaving.Token)).Error is NotFoundError)
        {
            // an old link to a lead that was merged away leads to the one that it is part of
            if ((await Merge.SurvivorAsync(wanted, leaving.Token)).Value is { } kept) Navigation.NavigateTo($"/leads/{kept}", replace: true);
            else Navigation.NotFound();
            return;
        }
        var address = new Uri(Navigation.Uri);
        (open, creating) = (LeadId, address.AbsolutePath.EndsWith("/new", StringComparison.Ordinal));
        list = LeadListQuery.Origin(address);
        if (address is { AbsolutePath: "/leads", Query: "" } && await FirstView.AddressAsync(leaving.Token) is { } view)
        {
            Navigation.NavigateTo(view, replace: true);
            return;
        }
        if (RendererInfo.IsInteractive)
        {
            subscription = Live.Subscribe(news => InvokeAsync(() => LookAsync(news)));
        }
        if ((await Leads.AgentsAsync(leaving.Token)).Failed(out error, out var staff) || (await BoardQueries.SourcesAsync(leaving.Token)).Failed(out error, out var known)) return;
        (agents, sources) = (staff, known);
        await LoadAsync(LeadFilter.Parse(address.Query));
        first = open is { } id && board.Find(id) is { } card ? card.Status : Open.FirstOrDefault(l => l.Count > 0)?.Status ?? LeadStatus.New;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        script = new PageScript(Js);
        await script.StartAsync(Assets["Features/Leads/Board/LeadBoardPage.razor.js"], this, leaving.Token);
    }

    // Whoever came from the list goes back to it, with its order and page.
    private Task CloseAsync()
    {
        if (list is null) return GoAsync(Address, false);
        Navigation.NavigateTo(list);
        return Task.CompletedTask;
    }

    private Task LoadAsync() => LoadAsync(board.Filter);

    private async Task LoadAsync(LeadFilter filter)
    {
        error = await board.LoadAsync(filter, leaving.Token);
        loaded |= error is null;
    }

    private async Task FilterAsync(LeadFilter filter)
    {
        await LoadAsync(filter);
        await TellAsync("show", Here, true);
    }

    private async Task LookAsync(LeadNews news)
    {
        if (leaving.IsCancellationRequested) return;
        var (before, said) = (board.State, error);
        error = await board.LookAsync(news, leaving.Token);
        if (news.Ids.Contains(Guid.Empty) || open is { } id && news.Ids.Contains(id)) await LookIntoPanelAsync(open);
        if (board.State != before || error != said) StateHasChanged();
    }

    private async Task LookIntoPanelAsync(Guid? moved)
    {
        if (drawer is not null && open is not null && moved == open) await drawer.LookAsync();
    }

    // A lead may be open that its column has not loaded: it is brought on screen before it is moved.
    private async Task MoveAsync(LeadStatus to)
    {
        if (open is not { } id || view is null) return;
        if (board.Find(id) is null && (error = await board.BringAsync(id, leaving.Token)) is not null) return;
        if (board.Find(id) is { } card) await view.MoveToTopAsync(card, to);
    }

    private LeadCard? Neighbour(int step)
    {
        if (open is not { } id || board.Find(id) is not { } card) return null;
        return board[card.Status].Cards.ElementAtOrDefault(board[card.Status].IndexOf(id) + step);
    }

    private Task StepAsync(int step) => Neighbour(step) is { } card ? GoAsync($"/leads/{card.Id}{Query}", false) : Task.CompletedTask;

    private Task ShowCreatedAsync(Guid id) => GoAsync($"/leads/{id}{Query}", false);

    private async Task FollowAsync(string address)
    {
        if (address == "/leads" || address.StartsWith("/leads?", StringComparison.Ordinal) || address.StartsWith("/leads/", StringComparison.Ordinal) && !address.StartsWith(LeadListQuery.Path, StringComparison.Ordinal)) await GoAsync(address, false);
        else Navigation.NavigateTo(address);
    }

    private Task CopyLinkAsync() => TellAsync("copyLink", $"/leads/{open}");
    private Task TellAsync(string what, params object?[] args) => script?.TellAsync(what, args, leaving.Token) ?? Task.CompletedTask;

    private sealed record View(string Label, int Count, LeadFilter Filter);
}
