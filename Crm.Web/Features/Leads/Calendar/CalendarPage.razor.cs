using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Crm.Web.Features.Leads.Calendar;

/// <summary>
/// The calendar on one address for each view and date, live. What the script tells is a wish of the person at the screen, checked by the
/// services like any other.
/// </summary>
public sealed partial class CalendarPage
{
    private static readonly TimeSpan RestBetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly IReadOnlyList<Choice<bool>> Whose = [new(false, "Mine"), new(true, "Everybody's")];
    private static readonly IReadOnlyList<Choice<CalendarView>> Views = [new(CalendarView.Month, "Month"), new(CalendarView.Week, "Week"), new(CalendarView.Day, "Day")];

    private readonly Leaving leaving = new();
    private IReadOnlyList<DateOnly> days = [];
    private IDisposable? subscription;
    private PageScript? script;
    private CalendarSpan? span;
    private CalendarEntry? opened;
    private CalendarView view;
    private DateOnly on;
    private Error? error;
    private string announcement = "";
    private string? focus;
    private bool everybody;
    private bool sharing;

    private string ViewWord => view.ToString().ToLowerInvariant();

    /// <summary>An entry was dropped on a day, and on an hour where there are hours.</summary>
    [JSInvokable]
    public async Task DropAsync(string key, string day, int? minute)
    {
        if (Find(key) is not { CanMove: true } entry || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)) return;
        await MoveAsync(entry, to.ToDateTime(TimeOnly.MinValue) + (minute is { } at ? CalendarLayout.Snap(at) : entry.At.TimeOfDay));
    }

    /// <summary>An entry was moved by a key: by days, or by steps of the clock.</summary>
    [JSInvokable]
    public async Task NudgeAsync(string key, int columns, int rows)
    {
        if (Find(key) is not { CanMove: true } entry) return;
        focus = key;
        var byDay = view is CalendarView.Month || entry.IsAllDay;
        await MoveAsync(entry, entry.At.AddDays(Math.Sign(columns) + (byDay ? 7 * Math.Sign(rows) : 0)).AddMinutes(byDay ? 0 : CalendarLayout.SnapMinutes * Math.Sign(rows)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        subscription?.Dispose();
        leaving.Dispose();
        if (script is not null) await script.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        view = Enum.TryParse<CalendarView>(query.GetValueOrDefault("view"), ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : CalendarView.Month;
        on = DateOnly.TryParseExact(query.GetValueOrDefault("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Bounded(day) : Own.Today;
        everybody = Actor.IsManagement && query.GetValueOrDefault("of") == "everybody";
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Time, RestBetweenLooks, _ => InvokeAsync(LookAsync));
            subscription = Changes.Subscribe([ChangeKinds.Lead, ChangeKinds.User], topics => bursts.OnChangeAsync(topics, leaving.Token));
        }
        await LookAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            script = new PageScript(Js);
            await script.StartAsync(Assets["Features/Leads/Calendar/CalendarPage.razor.js"], this, leaving.Token);
        }
        if (focus is not { } key || script is null) return;
        focus = null;
        await script.TellAsync("focusEntry", [key], leaving.Token);
    }

    private CalendarEntry? Find(string key) => span?.Entries.FirstOrDefault(e => e.Key == key);

    private void Open(CalendarEntry entry) => opened = entry;

    private async Task ShowAsync(CalendarView wanted, DateOnly day, bool all)
    {
        (view, on, everybody) = (wanted, Bounded(day), all);
        await LookAsync();
        await Address.ShowAsync(string.Create(CultureInfo.InvariantCulture, $"/calendar?view={ViewWord}&on={on:yyyy-MM-dd}{(everybody ? "&of=everybody" : "")}"), leaving.Token);
    }

    private async Task LookAsync()
    {
        var wanted = CalendarLayout.Days(view, on);
        if (leaving.IsCancellationRequested || (await Queries.ReadAsync(wanted[0], wanted[^1].AddDays(1), everybody, leaving.Token)).Failed(out error, out var found)) return;
        if (!wanted.SequenceEqual(CalendarLayout.Days(view, on))) return;
        (days, span) = (wanted, found);
        if (opened is { } entry) opened = Find(entry.Key) ?? entry;
        StateHasChanged();
    }

    private async Task<Error?> MoveAsync(CalendarEntry entry, DateTime wall)
    {
        if (wall == entry.At) return null;
        (await PutAsync(entry, wall)).Failed(out var refusal, out var change);
        await LookAsync();
        var now = Own.Now;
        announcement = refusal?.Message ?? $"Moved {entry.Title} to {When(wall, now)}";
        error = opened is null ? refusal : null;
        if (refusal is null) Toasts.Show($"{entry.Title} is on {When(wall, now)}", () => InvokeAsync(() => TakeBackAsync(change)));
        StateHasChanged();
        return refusal;
    }

    // As it was, with when it is told; what somebody changed since stays, and that is said.
    private async Task TakeBackAsync(Guid changeId)
    {
        if (UndoOutcome.WhyNot(await Undo.UndoAsync(changeId, new HashSet<Guid>(), leaving.Token)) is { } why) Toasts.Show(why);
        await LookAsync();
    }

    private async Task<Result<Guid>> PutAsync(CalendarEntry entry, DateTime wall) => entry.Kind switch
    {
        CalendarKind.Reminder => await Reminders.MoveAsync(entry.LeadId, entry.Id, wall, leaving.Token),
        CalendarKind.NextStep => await Steps.MoveAsync(entry.LeadId, new LeadStep(entry.Title, entry.AtUtc), wall, leaving.Token),
        CalendarKind.Meeting => new LeadPartNotFound("meeting"),
    };

    private static string When(DateTime wall, DateTime now) =>
        NearTime.DayName(wall, now) + (wall.TimeOfDay == TimeSpan.Zero ? "" : wall.ToString("', 'HH:mm", CultureInfo.InvariantCulture));

    private DateOnly Bounded(DateOnly day)
    {
        var (first, last) = (Own.Today.AddYears(-LeadLimits.YearsAway), Own.Today.AddYears(LeadLimits.YearsAway));
        return day < first ? first : day > last ? last : day;
    }
}
