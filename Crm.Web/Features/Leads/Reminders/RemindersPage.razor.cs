using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Crm.Web.Ui.Forms;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>The lists of reminders on one address each, live.</summary>
public sealed partial class RemindersPage
{
    private static readonly TimeSpan RestBetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly IReadOnlyList<Choice<bool>> Whose = [new(false, "Mine"), new(true, "Everybody's")];

    private readonly Leaving leaving = new();
    private IReadOnlyList<StaffMember> agents = [];
    private List<ReminderRow>? rows;
    private ReminderCounts counts = new(0, 0, 0);
    private ReminderRow? editing;
    private ReminderList list;
    private IDisposable? subscription;
    private Error? error;
    private bool everybody;
    private bool more;

    private TabItem[] TabItems =>
    [
        new(nameof(ReminderList.Today), "Today", counts.Today), new(nameof(ReminderList.Overdue), "Overdue", counts.Overdue),
        new(nameof(ReminderList.Upcoming), "Upcoming", counts.Upcoming), new(nameof(ReminderList.Done), "Done"),
    ];

    private (string Title, string Text) Nothing => list switch
    {
        ReminderList.Today => ("Nothing more for today", "What is due today is listed here. Plan a reminder in a lead's panel."),
        ReminderList.Overdue => ("Nothing is late", "What was due and is not done yet would be listed here."),
        ReminderList.Upcoming => ("Nothing is planned", "Plan a reminder in a lead's panel, and nobody is forgotten."),
        ReminderList.Done => ("Nothing is done yet", "What was ticked off or called off is listed here."),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        list = Enum.TryParse<ReminderList>(query.GetValueOrDefault("list"), ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : ReminderList.Today;
        everybody = Actor.IsManagement && query.GetValueOrDefault("of") == "everybody";
        if (RendererInfo.IsInteractive)
        {
            var bursts = new ChangeBursts(Time, RestBetweenLooks, _ => InvokeAsync(LookAsync));
            subscription = Changes.Subscribe([ChangeKinds.Lead, ChangeKinds.User], topics => bursts.OnChangeAsync(topics, leaving.Token));
        }
        if ((await Leads.AgentsAsync(leaving.Token)).Failed(out error, out var staff)) return;
        agents = staff;
        await LookAsync();
    }

    // As far down as it was read before; an answer that another tab overtook is dropped.
    private async Task LookAsync()
    {
        var (wanted, all, shown) = (list, everybody, rows ?? []);
        if (leaving.IsCancellationRequested || (await Queries.CountsAsync(all, leaving.Token)).Failed(out error, out var now)) return;
        if ((await Queries.PageAsync(wanted, all, null, ShownRows.ToRead(shown.Count, ReminderQueries.PageSize), leaving.Token)).Failed(out error, out var page)) return;
        if ((wanted, all) != (list, everybody)) return;
        counts = now;
        (rows, more) = ShownRows.Keep(page.Rows, page.HasLater, shown, ReminderQueries.PageSize, row => row.Line.Id);
        StateHasChanged();
    }

    private async Task MoreAsync()
    {
        if (rows is not [.., var last] || (await Queries.PageAsync(list, everybody, Cursor.At(last.Line.DueAt, last.Line.Id), ReminderQueries.PageSize, leaving.Token)).Failed(out error, out var page)) return;
        rows.AddRange(page.Rows.Where(r => rows.All(known => known.Line.Id != r.Line.Id)));
        more = page.HasLater;
    }

    private async Task ShowAsync(ReminderList wanted, bool all)
    {
        (list, everybody, rows) = (wanted, all, null);
        await LookAsync();
        await Address.ShowAsync($"/reminders?list={list.ToString().ToLowerInvariant()}{(everybody ? "&of=everybody" : "")}", leaving.Token);
    }

    private async Task SavedAsync()
    {
        editing = null;
        await LookAsync();
    }
}
