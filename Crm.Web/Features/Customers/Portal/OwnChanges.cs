using Crm.Data;
using Crm.Web.Platform.Live;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>Tells the page of one customer when something of that customer changed: points, orders, the record; in bursts, not one by one. Draws nothing.</summary>
public sealed class OwnChanges : ComponentBase, IDisposable
{
    private static readonly string[] Kinds = [ChangeKinds.Customer, ChangeKinds.Order];
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    private readonly Leaving leaving = new();
    private IDisposable? subscription;

    [Inject] private ChangeFeed Feed { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <summary>The records on screen: the customer and the orders. A new order changes its customer too.</summary>
    [Parameter, EditorRequired] public IReadOnlyCollection<Guid> Of { get; set; } = [];
    [Parameter] public EventCallback OnChange { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        var (bursts, gone) = (new ChangeBursts(Time, Rest, LookAsync), leaving.Token);
        subscription = Feed.Subscribe(Kinds, topics => bursts.OnChangeAsync(topics, gone));
    }

    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    private Task LookAsync(IReadOnlySet<Guid> changed) =>
        InvokeAsync(() => changed.Contains(Guid.Empty) || Of.Any(changed.Contains) ? OnChange.InvokeAsync() : Task.CompletedTask);
}
