using Crm.Data.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Turns what hands do into moves of the board; the services check them like any other wish.</summary>
public sealed partial class DealBoardView
{
    private readonly Leaving leaving = new();
    private PageScript? script;
    private Guid current;
    private OpportunityRow? chosen;
    private Asked? asked;
    private Guid? focus;
    private Error? error;
    private string announcement = "";

    [Parameter, EditorRequired] public DealBoard Board { get; set; } = null!;

    /// <summary>The filter as the address has it.</summary>
    [Parameter] public string Query { get; set; } = "";

    /// <summary>Told after an opportunity was moved.</summary>
    [Parameter] public EventCallback<Guid> OnMoved { get; set; }

    private TabItem[] LaneTabs => [.. Board.Lanes.Select(l => new TabItem(l.Stage.Id.ToString(), l.Stage.Name, l.Count))];

    /// <summary>A card was dropped below another, or on top of a stage.</summary>
    [JSInvokable]
    public async Task DropAsync(Guid id, string column, Guid? below)
    {
        if (!Guid.TryParse(column, out var to) || Board[to] is not { } lane || Board.Find(id) is not { } card) return;
        var others = lane.Cards.Where(c => c.Id != id).ToList();
        await MoveAsync(card, lane.Stage, below is { } above ? others.FindIndex(c => c.Id == above) + 1 : 0);
    }

    /// <summary>A card was moved by the keyboard: to a neighbouring stage at the same height, or up and down in its own.</summary>
    [JSInvokable]
    public async Task NudgeAsync(Guid id, int columns, int rows)
    {
        if (Board.Find(id) is not { } card || Board[card.StageId] is not { } from) return;
        var (index, to) = (from.IndexOf(id) + rows, IndexOf(card.StageId) + columns);
        if (to < 0 || to >= Board.Lanes.Count || index < 0 || rows > 0 && index >= from.Cards.Count) return;
        focus = id;
        current = Board.Lanes[to].Stage.Id;
        await MoveAsync(card, Board.Lanes[to].Stage, Math.Min(index, Board.Lanes[to].Cards.Count));
    }

    /// <summary>The menu "Move to…" of a card was asked for, by its button or a long press.</summary>
    [JSInvokable]
    public async Task ChooseAsync(Guid id)
    {
        chosen = Board.Find(id);
        StateHasChanged();
        if (chosen is not null) await TellAsync("openMenu", id);
    }

    /// <summary>A finger swiped the stage aside.</summary>
    [JSInvokable]
    public Task SwipeAsync(int step)
    {
        current = Board.Lanes[Math.Clamp(IndexOf(current) + Math.Sign(step), 0, Board.Lanes.Count - 1)].Stage.Id;
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        leaving.Dispose();
        if (script is not null) await script.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Board[current] is null && Board.Lanes.Count > 0) current = (Board.Lanes.FirstOrDefault(l => l.Count > 0) ?? Board.Lanes[0]).Stage.Id;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // the name of its own keeps this board's hands apart from the lead board's while one page gives way to the other
            script = new PageScript(Js);
            await script.StartAsync($"{Assets["Features/Leads/Board/BoardView.razor.js"]}?deals", this, leaving.Token);
        }
        if (focus is not { } id || asked is not null) return;
        focus = null;
        await TellAsync("focusCard", id);
    }

    private int IndexOf(Guid stageId) => Board.Lanes.TakeWhile(l => l.Stage.Id != stageId).Count();

    private async Task MoveAsync(OpportunityRow card, StageRow to, int index)
    {
        error = null;
        if (card.StageId != to.Id && to.Outcome is not DealOutcome.Open) asked = new Asked(card, to, index);
        else
        {
            var done = await Board.MoveAsync(card.Id, to.Id, index, null, back => DrawAsync(card.Id, back), leaving.Token);
            if (card.StageId != to.Id && card.Outcome is not DealOutcome.Open && !done.Failed(out _, out var move)) Offer(move, "is open again");
            await TellOfAsync(card.Id, done);
        }
        StateHasChanged();
    }

    private Task MoveToTopAsync(Guid stageId) => chosen is { } card && Board[stageId] is { } lane ? MoveAsync(card, lane.Stage, 0) : Task.CompletedTask;

    private async Task<Error?> EndAsync(OpportunityEnd end)
    {
        if (asked is not { } ask) return null;
        var done = await Board.MoveAsync(ask.Card.Id, ask.To.Id, ask.Index, end, back => DrawAsync(ask.Card.Id, back), leaving.Token);
        if (done.Failed(out var refusal, out var move)) return refusal;
        asked = null;
        Offer(move, ask.To.Outcome is DealOutcome.Won ? "is won" : "is marked as lost");
        await TellOfAsync(ask.Card.Id, done);
        return null;
    }

    // Why a deal ended goes and comes with the move: the way back is offered with it.
    private void Offer(DealMove move, string words)
    {
        if (move.Card.ChangeId is { } change) Toasts.Show($"{move.Card.Title} {words}", () => InvokeAsync(() => UndoAsync(move, change)));
        else Toasts.Show($"{move.Card.Title} {words}");
    }

    // The change goes back as it was made, never as a new move: what somebody did since stays, and that is said.
    private async Task UndoAsync(DealMove move, Guid changeId)
    {
        var why = UndoOutcome.WhyNot(await Undo.UndoAsync(changeId, new HashSet<Guid>(), leaving.Token));
        if (why is not null) Toasts.Show(why);
        error = await Board.LookAsync(new HashSet<Guid> { move.Card.Id }, leaving.Token);
        announcement = why ?? error?.Message ?? $"{move.Card.Title} is back in {move.Before.StageName}";
        await OnMoved.InvokeAsync(move.Card.Id);
        StateHasChanged();
    }

    private async Task TellOfAsync(Guid id, Result<DealMove> done)
    {
        if (!done.Failed(out error, out var move)) error = await Board.CountAsync(leaving.Token);
        announcement = move?.Words ?? error?.Message ?? "";
        await OnMoved.InvokeAsync(id);
    }

    // Going back, the script notes where the card is before it is drawn in its old place, and lets it glide there.
    private async Task DrawAsync(Guid id, bool back)
    {
        if (back) await TellAsync("remember", id);
        StateHasChanged();
        if (back) await TellAsync("glide", id);
    }

    private async Task MoreAsync(Guid stageId) => error = await Board.MoreAsync(stageId, leaving.Token);

    private void ShowLane(string? stage) => current = Guid.TryParse(stage, out var id) ? id : current;

    private Task TellAsync(string what, Guid id) => script?.TellAsync(what, [id], leaving.Token) ?? Task.CompletedTask;

    /// <summary>A move that waits for an answer.</summary>
    private sealed record Asked(OpportunityRow Card, StageRow To, int Index);
}
