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

    private readonly CancellationTokenSource leaving = new();
    private IDisposable? subscription;
    private Desk? desk;
    private Trade? trade;
    private Error? refusal;
    private TradeSource source = TradeSource.Shop;
    private Span span = Span.Month;
    private bool loading;
    private bool again;

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
        span = Enum.TryParse<Span>(AskedSpan, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : Span.Month;
        if (RendererInfo.IsInteractive)
        {
            var (bursts, gone) = (new ChangeBursts(Clock, Rest, _ => InvokeAsync(LoadAsync)), leaving.Token);
            subscription = Changes.Subscribe(Kinds, topics => bursts.OnChangeAsync([.. topics.Where(t => t.Kind != ChangeKinds.User || t.Id == Guid.Empty)], gone));
        }
        await LoadAsync();
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

    // Whoever asks while a look is under way gets one more look, at what was asked last.
    private async Task LoadAsync()
    {
        if (loading)
        {
            again = true;
            return;
        }
        loading = true;
        try
        {
            do
            {
                again = false;
                await ReadAsync();
                StateHasChanged();
            }
            while (again);
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

    private async Task ReadAsync()
    {
        if ((await Dashboard.DeskAsync(leaving.Token)).Failed(out refusal, out desk)) return;
        if (!Actor.May(Permission.SeeTrade)) trade = null;
        else (await Dashboard.TradeAsync(source, span, leaving.Token)).Failed(out refusal, out trade);
    }

    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }
}
