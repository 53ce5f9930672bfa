using System.Collections.Concurrent;
using Crm.Data;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>
/// What changed on the board just now, read once for all screens that show it. It holds everybody's cards and numbers, so only
/// <see cref="LeadBoardQueries.NewsAsync"/> opens it, for the eyes of whoever looks.
/// </summary>
/// <param name="Turn">When it was read (<see cref="LeadMemory.NextTurn"/>): what a screen knows from later stands.</param>
/// <param name="Ids">The leads that changed.</param>
/// <param name="Cards">Those of them that are still there; null when so much changed that screens begin anew.</param>
sealed record LeadNews(long Turn, IReadOnlySet<Guid> Ids, IReadOnlyList<LeadCard>? Cards, LeadFigures Figures)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<BoardNews>>> shared = new();

    /// <summary>Reads what numbers and cards alone do not tell, once for all who look with the same eyes at the same; whose they are is decided before.</summary>
    internal Task<BoardNews> ShareAsync(string eyes, Func<Task<BoardNews>> read) => shared.GetOrAdd(eyes, _ => new(() => Task.Run(read))).Value;
}

/// <summary>
/// Follows the change feed for all open boards together: a burst of changes is one reading, however many look, and the next one waits until
/// this one is drawn. So a crowd of boards never asks for more than the server has left after its people's clicks.
/// </summary>
public sealed partial class LeadLive : IDisposable
{
    private const int MostAtOnce = 50;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    // a screen that draws no more must not hold the others up; when it does draw, it tells by the turn what is older than it shows
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Screen, Screen> screens = new();
    private readonly CancellationTokenSource ending = new();
    private readonly CrmDatabase database;
    private readonly LeadMemory memory;
    private readonly Shop shop;
    private readonly TimeProvider time;
    private readonly ILogger<LeadLive> logger;
    private readonly IDisposable subscription;

    public LeadLive(CrmDatabase database, ChangeFeed feed, LeadMemory memory, Shop shop, TimeProvider time, ILogger<LeadLive> logger)
    {
        (this.database, this.memory, this.shop, this.time, this.logger) = (database, memory, shop, time, logger);
        var bursts = new ChangeBursts(time, Rest, LookAsync);
        subscription = feed.Subscribe([ChangeKinds.Lead, ChangeKinds.User], topics => bursts.OnChangeAsync([.. topics.Where(t => t.Kind == ChangeKinds.Lead || t.Id == Guid.Empty)], ending.Token));
    }

    /// <summary>Tells a screen of every burst of changes; dispose to stop.</summary>
    internal IDisposable Subscribe(Func<LeadNews, Task> show)
    {
        var screen = new Screen(this, show);
        screens[screen] = screen;
        return screen;
    }

    public void Dispose()
    {
        subscription.Dispose();
        ending.Cancel();
        ending.Dispose();
    }

    /// <inheritdoc cref="LeadMemory.NextTurn"/>
    internal long Turn() => memory.NextTurn();

    /// <summary>The numbers of everybody's leads as they stand now.</summary>
    internal async Task<LeadFigures> FiguresAsync(CancellationToken ct)
    {
        var known = (await memory.Figures.ShareAsync(Guid.Empty, CountAsync, null, ct))!;
        if (known.Clocks == shop.Pipeline) return known;
        memory.Figures.Forget(Guid.Empty); // the owner has just set other days
        return (await memory.Figures.ShareAsync(Guid.Empty, CountAsync, null, ct))!;
    }

    private async Task<LeadFigures?> CountAsync()
    {
        await using var db = database.Open(Actor.System("lead board"));
        return await LeadFigures.ReadAsync(db, LeadMoment.Of(shop), CancellationToken.None);
    }

    private async Task LookAsync(IReadOnlySet<Guid> ids)
    {
        if (screens.IsEmpty) return;
        var news = new LeadNews(memory.NextTurn(), ids, await CardsAsync(ids), await FiguresAsync(ending.Token));
        // few at a time: clicks come in between
        await Parallel.ForEachAsync(screens.Values, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ending.Token }, async (screen, _) => await ShowAsync(screen, news));
    }

    private async Task<IReadOnlyList<LeadCard>?> CardsAsync(IReadOnlySet<Guid> ids)
    {
        if (ids.Contains(Guid.Empty) || ids.Count > MostAtOnce) return null;
        await using var db = database.Open(Actor.System("lead board"));
        return await LeadBoardQueries.CardsAsync(LeadBoardQueries.Cards(db, db.Leads.AsNoTracking().Where(l => ids.Contains(l.Id))), ending.Token);
    }

    private async Task ShowAsync(Screen screen, LeadNews news)
    {
        try
        {
            await screen.Show(news).WaitAsync(Patience, time, ending.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // that screen was left
        }
        catch (Exception failure)
        {
            // as at the edge of the feed: one broken screen must not keep the others from hearing
            LogShowingFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A change of leads could not be shown on one board")]
    private partial void LogShowingFailed(Exception failure);

    private sealed class Screen(LeadLive live, Func<LeadNews, Task> show) : IDisposable
    {
        public Func<LeadNews, Task> Show => show;

        public void Dispose() => live.screens.TryRemove(this, out _);
    }
}
