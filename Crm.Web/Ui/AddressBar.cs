using Microsoft.JSInterop;

namespace Crm.Web.Ui;

/// <summary>
/// Writes what a page shows (its filters, its tab) into the address, so that it can be shared, reloaded and come back to,
/// without asking the server for the page anew.
/// </summary>
public sealed class AddressBar(IJSRuntime js)
{
    /// <summary>Replaces the address of the page that is open.</summary>
    /// <param name="address">Path and query on this host.</param>
    public async Task ShowAsync(string address, CancellationToken ct)
    {
        try
        {
            await js.InvokeVoidAsync("shell.showAddress", ct, address);
        }
        catch (JSDisconnectedException)
        {
            // the page is gone, and its address with it
        }
    }
}
