using Crm.Web.Features.Customers.Statement;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Web;
using Crm.Web.Ui;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>One customer on one page; follows every change of the record, its orders, points and notes.</summary>
public sealed partial class CustomerPage
{
    private const string FirstTab = "timeline";
    private static readonly string[] Parts = [FirstTab, "orders", "points", "notes"];

    private readonly Leaving leaving = new();
    private readonly HashSet<Guid> onScreen = [];
    private string tab = FirstTab;
    private Error? refusal;
    private Error? switchRefusal;
    private Drawer? drawer;
    private CustomerForm? form;
    private bool editing;
    private bool unsaved;
    private bool switching;
    private int pulse;

    [Parameter] public Guid CustomerId { get; set; }

    /// <summary>Read once while the page is drawn on the server, not again when its circuit begins.</summary>
    [PersistentState] public CustomerProfile? Customer { get; set; }

    private IReadOnlyList<TabItem> TabItems =>
    [
        new(FirstTab, "Timeline"), new("orders", "Orders", Customer!.OrderCount), new("points", "Points", Customer.Ledger), new("notes", "Notes", Customer.Notes),
    ];

    private (string Label, StatementPeriod Period)[] Periods
    {
        get
        {
            var today = Shop.Today;
            return
            [
                ("This month", StatementPeriod.MonthOf(today, today)), ("Last month", StatementPeriod.MonthOf(today.AddMonths(-1), today)),
                ("Last twelve months", StatementPeriod.LastYear(today)), ($"All of {today.Year - 1}", StatementPeriod.YearOf(today.AddYears(-1), today)),
            ];
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var asked = QueryText.Parse(new Uri(Navigation.Uri).Query).GetValueOrDefault("tab").ToString();
        tab = Parts.Contains(asked) ? asked : FirstTab;
        onScreen.Add(CustomerId);
        if (Customer?.Id != CustomerId) await LoadAsync();
        if (refusal is NotFoundError && !RendererInfo.IsInteractive) Navigation.NotFound();
    }

    private async Task LoadAsync()
    {
        if (!(await Profiles.ReadAsync(CustomerId, leaving.Token)).Failed(out refusal, out var read)) Customer = read;
    }

    private async Task RefreshAsync()
    {
        try
        {
            await LoadAsync();
            pulse++;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ShowTabAsync(string chosen)
    {
        tab = chosen;
        await Address.ShowAsync(chosen == FirstTab ? $"/customers/{CustomerId}" : $"/customers/{CustomerId}?tab={chosen}", leaving.Token);
    }

    private Task ForgetAsync()
    {
        unsaved = false;
        return form?.ForgetAsync() ?? Task.CompletedTask;
    }

    private async Task SavedAsync()
    {
        editing = false;
        await RefreshAsync();
        Toasts.Show($"{Customer?.Name} saved");
    }

    private Task AskOrSwitchAsync()
    {
        if (Customer is not { IsActive: true }) return SwitchAsync(true);
        (switching, switchRefusal) = (true, null);
        return Task.CompletedTask;
    }

    private async Task SwitchAsync(bool active)
    {
        if ((await Customers.SetActiveAsync(CustomerId, active, leaving.Token)).Failed(out switchRefusal, out _)) return;
        switching = false;
        await RefreshAsync();
        if (active) Toasts.Show($"{Customer?.Name} is active again");
        else Toasts.Show($"{Customer?.Name} is inactive now", () => InvokeAsync(() => SwitchAsync(true)));
    }

    public void Dispose()
    {
        leaving.Dispose();
    }
}
