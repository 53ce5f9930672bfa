using Microsoft.JSInterop;

namespace Crm.Web.Ui;

/// <summary>
/// The browser's half of a component: a module beside it. Tells it things, and lets it go quietly when the browser has left first.
/// The module exports <c>start(self, …)</c>, which may return nothing, and <c>stop()</c>.
/// </summary>
public sealed class PageScript(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? module;
    private IDisposable? listener;

    /// <summary>Loads the module and tells it who listens.</summary>
    /// <param name="path">As <c>Assets["Features/…/X.razor.js"]</c> gives it.</param>
    public async Task StartAsync<T>(string path, T self, CancellationToken ct) where T : class
    {
        var heard = DotNetObjectReference.Create(self);
        listener = heard;
        module = await js.InvokeAsync<IJSObjectReference>("import", ct, $"./{path}");
        await module.InvokeVoidAsync("start", ct, heard);
    }

    /// <summary>Calls an exported function; nothing happens before the start.</summary>
    public async Task TellAsync(string function, object?[] args, CancellationToken ct)
    {
        if (module is not null) await module.InvokeVoidAsync(function, ct, args);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (module is not null)
            {
                await module.InvokeVoidAsync("stop");
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the page is gone, and the script with it
        }
        listener?.Dispose();
    }
}
