using Crm.Data;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Day;

/// <summary>Follows every change; what is ticked off leaves at once, and comes back when it could not be saved or is taken back.</summary>
public sealed partial class MyDayPart
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyList<Choice<bool>> Whose = [new(false, "Mine"), new(true, "Everybody's")];

    private readonly Leaving leaving = new();
    private IDisposable? subscription;
    private DayWork? work;
    private Error? refusal;
    private bool everybody;
    private int asked;

    /// <summary>Read once while the page is drawn on the server, not again when its circuit begins.</summary>
    [PersistentState] public DayWork? Drawn { get; set; }

    /// <summary>Whose day that was.</summary>
    [PersistentState] public bool DrawnOfEverybody { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Clock, Rest, _ => InvokeAsync(LookAsync));
            subscription = Changes.Subscribe([ChangeKinds.Lead, ChangeKinds.User, ChangeKinds.Setting], topics => bursts.OnChangeAsync(topics, leaving.Token));
        }
        if (Drawn is not null) (work, everybody) = (Drawn, DrawnOfEverybody);
        else
        {
            await LookAsync();
            // who leads the shop and has no leads of their own sees how all of it stands
            if (Actor.IsManagement && work is { Counts.IsNothing: true }) await ShowAsync(true);
            (Drawn, DrawnOfEverybody) = (work, everybody);
        }
    }

    private Task ShowAsync(bool all)
    {
        everybody = all;
        return LookAsync();
    }

    // Only the newest question is answered.
    private async Task LookAsync()
    {
        if (leaving.IsCancellationRequested) return;
        var question = ++asked;
        try
        {
            var answer = await Queries.ReadAsync(everybody, leaving.Token);
            if (question != asked) return;
            if (!answer.Failed(out refusal, out var found)) work = found;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // the page was left while it was being read
        }
    }

    private async Task TickAsync(DayRow row)
    {
        refusal = (await Ticks.FinishAsync(row, leaving.Token)).Error;
        if (refusal is null) Toasts.Show($"{row.What} is done", () => InvokeAsync(() => TakeBackAsync(row)));
        var failed = refusal;
        await LookAsync();
        refusal ??= failed;
    }

    private async Task TakeBackAsync(DayRow row)
    {
        var failed = (await Ticks.TakeBackAsync(row, leaving.Token)).Error;
        await LookAsync();
        refusal ??= failed;
        StateHasChanged();
    }
}
