using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components.Forms;

namespace Crm.Web.Features.Exchange;

/// <summary>The owner's imports: choose a file, watch it being read in, see what came of it and of those before. Follows every run, wherever it was started.</summary>
public sealed partial class ImportPage
{
    private readonly Leaving leaving = new();
    private IDisposable? subscription;
    private List<ImportRow>? rows;
    private ImportRow? running;
    private IBrowserFile? uploading;
    private Error? refusal;
    private Error? unread;
    private long arrived;
    private bool hasMore;
    private bool stopping;
    private bool loading;
    private bool again;

    // what a deed was refused for stays until the next deed; a list that cannot be read is read again with every event
    private Error? Problem => refusal ?? unread;
    private ImportRow? Latest => rows is [var first, ..] ? first : null;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive) subscription = Changes.Subscribe([ChangeKinds.Import], _ => InvokeAsync(FollowAsync));
        await LoadAsync();
    }

    // A burst of batches costs one more look, not one look each.
    private async Task FollowAsync()
    {
        again = true;
        if (loading) return;
        loading = true;
        try
        {
            while (again)
            {
                again = false;
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            loading = false;
        }
    }

    private async Task LoadAsync()
    {
        if ((await Imports.ListAsync(null, leaving.Token)).Failed(out unread, out var page)) return;
        (rows, hasMore) = ([.. page.Rows], page.HasMore);
        running = rows.Find(r => r.IsRunning);
        if (running is null) stopping = false;
    }

    private async Task MoreAsync()
    {
        if ((await Imports.ListAsync(rows![^1].Id, leaving.Token)).Failed(out unread, out var page)) return;
        rows.AddRange(page.Rows);
        hasMore = page.HasMore;
    }

    private async Task StartAsync(IBrowserFile file)
    {
        (uploading, arrived, refusal) = (file, 0, null);
        try
        {
            await using var upload = file.OpenReadStream(ImportUploads.MostBytes + 1, leaving.Token);
            (await Imports.StartAsync(upload, file.Name, new Arrival(this, file.Size), leaving.Token)).Failed(out refusal, out _);
            await LoadAsync();
        }
        catch (IOException)
        {
            refusal = file.Size > ImportUploads.MostBytes ? ImportUploads.TooLarge : new FileRefused("The file did not arrive. Choose it again.");
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

    private async Task StopAsync()
    {
        stopping = true;
        (await Imports.StopAsync(running!.Id, leaving.Token)).Failed(out refusal, out _);
        await LoadAsync();
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.0} MB");

    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    // Told of every piece; the screen hears of each percent.
    private sealed class Arrival(ImportPage page, long size) : IProgress<long>
    {
        private long shown;

        public void Report(long value)
        {
            if (value - shown < size / 100) return;
            shown = value;
            _ = page.InvokeAsync(() =>
            {
                page.arrived = value;
                page.StateHasChanged();
            });
        }
    }
}
