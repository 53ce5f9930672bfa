using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>What somebody chooses for a whole import.</summary>
public sealed class IntakeChoices
{
    public IntakeKnownRule Known { get; set; }
    public Guid? OwnerId { get; set; }
    public string? Tag { get; set; }
    public string? Source { get; set; }
}

/// <summary>Leads from other programs, in four steps: the file, its columns, a dry run through all of it, done. The kept file stands in the address, so that a reload loses little.</summary>
public sealed partial class LeadImportPage
{
    private enum Step { File, Columns, DryRun, Done }

    private static readonly (Step At, string Label)[] Steps = [(Step.File, "File"), (Step.Columns, "Columns"), (Step.DryRun, "Dry run"), (Step.Done, "Done")];

    private readonly Leaving leaving = new();
    private CancellationTokenSource? checking;
    private IntakeChoices choices = new();
    private IReadOnlyList<StaffMember> agents = [];
    private IntakeField?[] fields = [];
    private LeadRuns? runs;
    private IBrowserFile? uploading;
    private IntakeFile? file;
    private IntakeCheck? check;
    private Error? error;
    private Guid? asked;
    private Step step;
    private long arrived;
    private int looked;
    private bool starting;

    /// <summary>The kept file.</summary>
    [SupplyParameterFromQuery] private Guid? File { get; set; }

    private IntakeOrder Order => new(file!.Id, fields, choices.Known, choices.OwnerId, choices.Tag, choices.Source);

    protected override async Task OnInitializedAsync()
    {
        if (!(await Leads.AgentsAsync(leaving.Token)).Failed(out _, out var staff)) agents = staff;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (File == asked) return;
        checking?.Cancel();
        (asked, file, check, error, step) = (File, null, null, null, Step.File);
        if (File is not { } id || (await Intake.FindAsync(id, leaving.Token)).Failed(out error, out var found)) return;
        (file, fields, step) = (found, [.. found.Columns.Select(c => c.Field)], Step.Columns);
        choices = new IntakeChoices { Source = IntakeFormats.SourceOf(found.Format) };
    }

    private async Task UploadAsync(IBrowserFile chosen)
    {
        (uploading, arrived, error) = (chosen, 0, chosen.Size > IntakeFiles.MostBytes ? IntakeFiles.TooLarge : null);
        try
        {
            if (error is not null) return;
            await using var stream = chosen.OpenReadStream(IntakeFiles.MostBytes, leaving.Token);
            if (!(await Intake.UploadAsync(stream, chosen.Name, new Told<long>(this, at => arrived = at), leaving.Token)).Failed(out error, out var id)) Navigation.NavigateTo($"/leads/import?file={id}");
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            uploading = null;
        }
    }

    private async Task CheckAsync()
    {
        checking?.Dispose();
        checking = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token);
        var mine = checking;
        (step, check, looked, error) = (Step.DryRun, null, 0, null);
        StateHasChanged();
        try
        {
            var answer = await Intake.CheckAsync(Order, new Told<int>(this, at => looked = at), mine.Token);
            if (mine == checking && answer.Failed(out error, out check)) step = Step.Columns;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
    }

    private void Back()
    {
        checking?.Cancel();
        (step, error) = (Step.Columns, null);
    }

    private async Task StartAsync()
    {
        if (starting) return;
        starting = true;
        var started = await Intake.StartAsync(Order, leaving.Token);
        starting = false;
        if (started.Failed(out error, out var runId))
        {
            if (error is InvalidError) step = Step.Columns;
            return;
        }
        step = Step.Done;
        await runs!.ShowAsync(runId);
    }

    private async Task UndoAsync(Guid changeId)
    {
        var undone = await Undo.UndoAsync(changeId, new HashSet<Guid>(), leaving.Token);
        if (undone.Failed(out error, out var outcome)) return;
        if (outcome.RunId is { } runId) await runs!.ShowAsync(runId);
        else Toasts.Show(UndoOutcome.WhyNot(undone) ?? "Taken back");
    }

    public void Dispose()
    {
        leaving.Dispose();
        checking?.Dispose();
    }

    // Told while the work goes on; the screen follows.
    private sealed class Told<T>(LeadImportPage page, Action<T> note) : IProgress<T>
    {
        public void Report(T value) => _ = page.InvokeAsync(() =>
        {
            note(value);
            page.StateHasChanged();
        });
    }
}
