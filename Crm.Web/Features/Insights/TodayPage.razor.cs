using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Insights;

/// <summary>The first page of everybody who works here: what waits today and, for owner and managers, how trade goes; follows every change.</summary>
public sealed partial class TodayPage
{
    private static readonly string[] Kinds = [ChangeKinds.Lead, ChangeKinds.Order, ChangeKinds.Customer, ChangeKinds.Product, ChangeKinds.User];
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly Choice<Span>[] Spans = [new(Span.Month, "Month"), new(Span.Year, "Year"), new(Span.Ever, "All")];
    private static readonly Choice<TradeSource>[] Sources = [.. TradeSource.All.Select(s => new Choice<TradeSource>(s, s.Label))];

    private readonly Leaving leaving = new();
    private IDisposable? subscription;
    private Desk? desk;
    private Trade? trade;
    private Error? refusal;
    private TradeSource source = TradeSource.Shop;
    private Span span = Span.Month;
    private int asked;

    /// <summary>
    /// Read once while the page is drawn on the server, not again when its circuit begins. What is shown stands in fields: another address
    /// supplies this one anew.
    /// </summary>
    [PersistentState] public Figures? Drawn { get; set; }

    [SupplyParameterFromQuery(Name = "source")] public string? AskedSource { get; set; }
    [SupplyParameterFromQuery(Name = "span")] public string? AskedSpan { get; set; }
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private CurrencyFormat Money => source.CurrencyIn(Shop);

    private string Greeting => Shop.ToLocal(Shop.Now).Hour switch
    {
        < 12 => "Good morning",
        < 18 => "Good afternoon",
        _ => "Good evening",
    } + ", " + Actor.Name.Split(' ')[0];

    protected override async Task OnInitializedAsync()
    {
        source = TradeSource.Find(AskedSource) ?? TradeSource.Shop;
        span = Enum.TryParse<Span>(AskedSpan, ignoreCase: true, out var found) && Enum.IsDefined(found) ? found : Span.Month;
        if (RendererInfo.IsInteractive)
        {
            var (bursts, gone) = (new ChangeBursts(Clock, Rest, _ => InvokeAsync(LoadAsync)), leaving.Token);
            subscription = Changes.Subscribe(Kinds, topics => bursts.OnChangeAsync([.. topics.Where(t => t.Kind != ChangeKinds.User || t.Id == Guid.Empty)], gone));
        }
        if (Drawn is null)
        {
            await LoadAsync();
            Drawn = desk is null ? null : new(desk, trade);
        }
        else (desk, trade) = Drawn;
    }

    private Task ShowSourceAsync(TradeSource chosen) => ShowAsync(chosen, chosen.Origin is null ? span : Span.Ever);
    private Task ShowSpanAsync(Span chosen) => ShowAsync(source, chosen);

    private Task ShowAsync(TradeSource chosenSource, Span chosenSpan)
    {
        (source, span) = (chosenSource, chosenSpan);
        var address = new Dictionary<string, object?> { ["source"] = source == TradeSource.Shop ? null : source.Key, ["span"] = span is Span.Month ? null : span.ToString().ToLower(CultureInfo.InvariantCulture) };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(address), replace: true);
        return LoadAsync();
    }

    // Only the newest question is answered: one that another choice or change overtook is dropped.
    private async Task LoadAsync()
    {
        var question = ++asked;
        try
        {
            Trade? sold = null;
            if (!(await Dashboard.DeskAsync(leaving.Token)).Failed(out var why, out var waiting) && Actor.May(Permission.SeeTrade))
                (await Dashboard.TradeAsync(source, span, leaving.Token)).Failed(out why, out sold);
            if (question != asked) return;
            (refusal, desk, trade) = (why, waiting, sold);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
    }

    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    /// <summary>What the page shows; of trade only to owner and managers.</summary>
    public sealed record Figures(Desk Desk, Trade? Trade);
}
