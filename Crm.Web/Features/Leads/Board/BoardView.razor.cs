using Crm.Data.Leads;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Crm.Web.Features.Leads.Board;

/// <summary>
/// Turns what hands do into moves of the board. What the script tells is a wish of the person at the screen, checked by the services
/// like any other.
/// </summary>
public sealed partial class BoardView
{
    private readonly Leaving leaving = new();
    private PageScript? script;
    private LeadStatus current;
    private LeadCard? chosen;
    private Asked? asked;
    private Guid? focus;
    private Error? error;
    private Error? unopened;
    private string announcement = "";
    private (int, string, DateTime, PipelineSettings?) given;
    private bool same;
    private bool everAsked;

    [Parameter, EditorRequired] public LeadBoard Board { get; set; } = null!;

    /// <summary>The filter as the address has it.</summary>
    [Parameter] public string Query { get; set; } = "";

    /// <summary>The column that a phone shows first.</summary>
    [Parameter] public LeadStatus First { get; set; }

    /// <summary>Told after a lead was moved.</summary>
    [Parameter] public EventCallback<Guid> OnMoved { get; set; }

    private TabItem[] LaneTabs => [.. Board.Lanes.Select(l => new TabItem(l.Status.ToString(), LeadWords.Of(l.Status), l.Count))];

    /// <summary>Moves to the top of a column, or asks first what has to be known for it.</summary>
    public Task MoveToTopAsync(LeadCard card, LeadStatus to) => MoveAsync(card, to, 0);

    /// <summary>A card was dropped below another, or on top of a column.</summary>
    [JSInvokable]
    public async Task DropAsync(Guid id, string column, Guid? below)
    {
        if (!Enum.TryParse<LeadStatus>(column, out var to) || !Enum.IsDefined(to) || Board.Find(id) is not { } card) return;
        var others = Board[to].Cards.Where(c => c.Id != id).ToList();
        await MoveAsync(card, to, below is { } above ? others.FindIndex(c => c.Id == above) + 1 : 0);
    }

    /// <summary>A card was moved by the keyboard: to a neighbouring column at the same height, or up and down in its own.</summary>
    [JSInvokable]
    public async Task NudgeAsync(Guid id, int columns, int rows)
    {
        if (Board.Find(id) is not { } card) return;
        var (index, to) = (Board[card.Status].IndexOf(id) + rows, (int)card.Status + columns);
        if (to < 0 || to >= Board.Lanes.Count || index < 0 || rows > 0 && index >= Board[card.Status].Cards.Count) return;
        focus = id;
        current = (LeadStatus)to;
        await MoveAsync(card, (LeadStatus)to, Math.Min(index, Board[(LeadStatus)to].Cards.Count));
    }

    /// <summary>The menu "Move to…" of a card was asked for, by its button or a long press.</summary>
    [JSInvokable]
    public async Task ChooseAsync(Guid id)
    {
        chosen = Board.Find(id);
        StateHasChanged();
        if (chosen is not null) await TellAsync("openMenu", id);
    }

    /// <summary>A finger swiped the column aside.</summary>
    [JSInvokable]
    public Task SwipeAsync(int step)
    {
        current = (LeadStatus)Math.Clamp((int)current + Math.Sign(step), 0, Board.Lanes.Count - 1);
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
    protected override void OnInitialized() => current = First;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var next = (Board.Lanes.Sum(l => l.Revision), Query, LeadMoment.Of(Shop).DayStart, Shop.Pipeline);
        (same, given) = (next == given, next);
    }

    // The page is drawn with every click on a card: a board that it gives anew and alike is not drawn again.
    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        var drawn = !same;
        same = false;
        return drawn;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js);
            await script.StartAsync(Assets["Features/Leads/Board/BoardView.razor.js"], this, leaving.Token);
        }
        if (focus is not { } id || asked is not null) return;
        focus = null;
        await TellAsync("focusCard", id);
    }

    private async Task MoveAsync(LeadCard card, LeadStatus to, int index)
    {
        error = card.Status == to ? null : RefusalOf(to);
        if (error is not null) announcement = error.Message;
        else if (card.Status != to && (to is LeadStatus.Lost or LeadStatus.Converted || card.Status is LeadStatus.Converted)) Answer(new Asked(card, to, index));
        else if (card.Status != to && card.Status is LeadStatus.Lost) await PutAsync(new Asked(card, to, index), (id, place) => Moves.MoveAsync(id, to, place, leaving.Token), "is open again");
        else await TellOfAsync(card.Id, await Board.MoveAsync(card.Id, to, index, back => DrawAsync(card.Id, back), leaving.Token));
        StateHasChanged();
    }

    // Said before a card is dropped there: it would not stay.
    private ConversionNotAllowed? RefusalOf(LeadStatus to) => to is LeadStatus.Converted && !Actor.May(Permission.EditCustomers) ? new ConversionNotAllowed() : null;

    private bool Reopening => asked is { Card.Status: LeadStatus.Converted, To: not LeadStatus.Lost };

    private void Answer(Asked? next) => (asked, unopened, everAsked) = (next, null, everAsked || next is not null);

    private Task MoveToTopAsync(LeadStatus to) => chosen is { } card ? MoveAsync(card, to, 0) : Task.CompletedTask;

    private Task<Error?> LoseAsync(LostReason reason, string? note) =>
        AnswerAsync((id, place) => Moves.LoseAsync(id, reason, note, place, leaving.Token), "is marked as lost");

    private Task<Error?> ConvertAsync(ConversionEdit edit) =>
        AnswerAsync((id, place) => Conversion.ConvertAsync(id, edit, place, leaving.Token), "is a customer now");

    private async Task ReopenAsync() => unopened = await AnswerAsync((id, place) => Moves.MoveAsync(id, asked!.To, place, leaving.Token), "is open again");

    private async Task<Error?> AnswerAsync(Func<Guid, LeadPlace, Task<Result<LeadMoved>>> commandAsync, string words) =>
        asked is { } ask ? (await PutAsync(ask, commandAsync, words)).Error : null;

    // What a card was told in its column would be lost without a word: the way back is offered with it.
    private async Task<Result<BoardMove>> PutAsync(Asked ask, Func<Guid, LeadPlace, Task<Result<LeadMoved>>> commandAsync, string words)
    {
        Guid? change = null;
        var done = await Board.PutAsync(ask.Card.Id, ask.To, ask.Index, async place =>
        {
            var moved = await commandAsync(ask.Card.Id, place);
            change = moved.Failed(out _, out var made) ? null : made.ChangeId;
            return moved;
        }, back => DrawAsync(ask.Card.Id, back), leaving.Token);
        if (done.Failed(out _, out var move))
        {
            if (asked is null) await TellOfAsync(ask.Card.Id, done);
            return done;
        }
        Answer(null);
        if (change is { } id) Toasts.Show($"{ask.Card.Name} {words}", () => InvokeAsync(() => TakeBackAsync(move, id)));
        else Toasts.Show($"{ask.Card.Name} {words}");
        await TellOfAsync(ask.Card.Id, done);
        return done;
    }

    // The change goes back as it was made, with all that it made, and never as a new move: what somebody did since stays, and that is said.
    private async Task TakeBackAsync(BoardMove move, Guid changeId)
    {
        var why = UndoOutcome.WhyNot(await Undo.UndoAsync(changeId, new HashSet<Guid>(), leaving.Token));
        if (why is not null) Toasts.Show(why);
        error = await Board.LookAsync(new HashSet<Guid> { move.Card.Id }, leaving.Token);
        announcement = why ?? error?.Message ?? $"{move.Card.Name} is back in {LeadWords.Of(move.Before.Status)}";
        await OnMoved.InvokeAsync(move.Card.Id);
        StateHasChanged();
    }

    private async Task TellOfAsync(Guid id, Result<BoardMove> done)
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

    private async Task MoreAsync(LeadStatus status) => error = await Board.MoreAsync(status, leaving.Token);

    private void ShowLane(string? status) => current = Enum.TryParse<LeadStatus>(status, out var lane) ? lane : current;

    private Task TellAsync(string what, Guid id) => script?.TellAsync(what, [id], leaving.Token) ?? Task.CompletedTask;

    /// <summary>A move that waits for an answer.</summary>
    private sealed record Asked(LeadCard Card, LeadStatus To, int Index);
}
