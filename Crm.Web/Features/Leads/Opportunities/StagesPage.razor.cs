using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>Where the owner says which steps deals take.</summary>
public sealed partial class StagesPage
{
    private readonly Leaving leaving = new();
    private readonly Dictionary<Guid, StageEdit> edits = [];
    private IReadOnlyList<StageLine>? lines;
    private IDisposable? subscription;
    private StageEdit added = new() { Percent = 50 };
    private bool saved;
    private StageLine? going;
    private InvalidError? complaint;
    private Guid complained;
    private Guid? target;
    private string? goingError;
    private Error? error;
    private bool working;

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
            var bursts = new ChangeBursts(Time, TimeSpan.FromMilliseconds(300), _ => InvokeAsync(LookAsync));
            subscription = Changes.Subscribe([ChangeKinds.Opportunity], topics => bursts.OnChangeAsync(topics, leaving.Token));
        }
        await LoadAsync();
    }

    private async Task LookAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    // A line that is being written in stays as it is.
    private async Task LoadAsync()
    {
        if ((await Stages.ListAsync(leaving.Token)).Failed(out error, out var found)) return;
        var kept = (lines ?? []).Where(l => IsChanged(l.Stage)).Select(l => l.Stage.Id).ToHashSet();
        foreach (var line in found)
            if (!kept.Contains(line.Stage.Id)) edits[line.Stage.Id] = new StageEdit { Name = line.Stage.Name, Percent = line.Stage.ProbabilityBasisPoints / 100 };
        lines = found;
    }

    private bool IsChanged(StageRow stage) => edits[stage.Id] is var edit && (edit.Name != stage.Name || stage.Outcome is DealOutcome.Open && edit.Percent != stage.ProbabilityBasisPoints / 100);

    private bool MayGo(StageRow stage) => stage.Outcome is DealOutcome.Open && lines!.Count(l => l.Stage.Outcome is DealOutcome.Open) > 1;

    private string? Wrong(Guid stageId, string field) => complained == stageId ? complaint?.For(field) : null;

    private void Ask(StageLine line) => (going, target, goingError) = (line, null, null);

    // A second click before the answer is no second deed.
    private async Task<bool> DoAsync(Func<Task<Result<Done>>> deed, Guid? stageId)
    {
        if (working) return false;
        working = true;
        try
        {
            return await TryAsync(deed, stageId);
        }
        finally
        {
            working = false;
        }
    }

    private async Task<bool> TryAsync(Func<Task<Result<Done>>> deed, Guid? stageId)
    {
        var refusal = (await deed()).Error;
        (complaint, complained) = (refusal as InvalidError, stageId ?? Guid.Empty);
        if (refusal is null && stageId is { } saved) edits.Remove(saved);
        if (refusal is null) await AfterAsync(stageId);
        else if (complaint is null) error = refusal;
        return refusal is null;
    }

    private async Task AfterAsync(Guid? saved)
    {
        if (saved is { } id && lines is not null) lines = [.. lines.Where(l => l.Stage.Id != id)];
        await LoadAsync();
    }

    // The second click of two comes when the first has saved and emptied the form: it complains of nothing.
    private async Task AddAsync()
    {
        if (saved && string.IsNullOrWhiteSpace(added.Name)) return;
        if (await DoAsync(() => Stages.AddAsync(added, leaving.Token), null)) (added, saved) = (new StageEdit { Percent = 50 }, true);
    }

    private async Task RemoveAsync()
    {
        if (going is not { } line) return;
        var refusal = (await Stages.RemoveAsync(line.Stage.Id, target, leaving.Token)).Error;
        goingError = refusal?.Message;
        if (refusal is not null) return;
        going = null;
        await LoadAsync();
    }
}
