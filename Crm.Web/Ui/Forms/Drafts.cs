using Microsoft.JSInterop;

namespace Crm.Web.Ui.Forms;

/// <summary>
/// What people typed but did not save yet. A field with <c>data-draft="lead/{id}/note"</c> is kept in the browser's session
/// while it is being typed and comes back after a lost connection or a reload. A page forgets it after saving.
/// Names carry the record's id; passwords are never kept.
/// </summary>
public sealed class Drafts(IJSRuntime js)
{
    /// <summary>Forgets every draft whose name starts with <paramref name="name"/>, e.g. <c>lead/0199…</c>.</summary>
    /// <remarks>Nobody waits for the browser: on a cut line its answer never comes, and what was saved is saved.</remarks>
    public Task ForgetAsync(string name, CancellationToken ct)
    {
        _ = TellAsync(name, ct);
        return Task.CompletedTask;
    }

    private async Task TellAsync(string name, CancellationToken ct)
    {
        try
        {
            await js.InvokeVoidAsync("shell.forgetDrafts", ct, name);
        }
        catch (Exception failure) when (failure is JSDisconnectedException or OperationCanceledException)
        {
            // the page is gone or does not answer; its draft equals what was saved and is dropped when the field is seen again
        }
    }
}
