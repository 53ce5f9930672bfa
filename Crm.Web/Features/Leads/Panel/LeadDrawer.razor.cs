using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Ui;
using Crm.Web.Ui.Overlays;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Panel;

/// <summary>Loads one lead, switches between reading and writing, and keeps what is being written apart from what changes elsewhere.</summary>
public sealed partial class LeadDrawer
{
    private readonly Leaving leaving = new();
    private LeadDetail? lead;
    private LeadEdit opened = new();
    private LeadEdit? changed;
    private LeadChange? changedBy;
    private Drawer? panel;
    private LeadForm? form;
    private LeadComposer? composer;
    private ContactsSection? people;
    private RemindersSection? reminders;
    private TimelineView? timeline;
    private Error? refusal;
    private bool editing;
    private bool deleting;
    private bool everAsked;
    private bool merging;
    private bool busy;
    private string? deleteError;
    private (Guid?, bool) shown;

    [Parameter] public Guid? LeadId { get; set; }

    /// <summary>The form of a new lead instead of one that exists.</summary>
    [Parameter] public bool Creating { get; set; }
    [Parameter] public IReadOnlyList<StaffMember> Agents { get; set; } = [];
    [Parameter] public IReadOnlyList<string> Sources { get; set; } = [];
    [Parameter] public bool HasPrevious { get; set; }
    [Parameter] public bool HasNext { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }
    [Parameter] public EventCallback<Guid> OnCreated { get; set; }
    [Parameter] public EventCallback<int> OnStep { get; set; }
    [Parameter] public EventCallback<LeadStatus> OnMove { get; set; }
    [Parameter] public EventCallback OnCopyLink { get; set; }

    /// <summary>Told where to, when the panel is left by a link.</summary>
    [Parameter] public EventCallback<string> OnLink { get; set; }

    /// <summary>The title of the page while the panel is open.</summary>
    public string? Heading => Creating ? "New lead" : LeadId is not null && lead is not null ? lead.Name : null;

    /// <summary>Whether leaving would lose something.</summary>
    public bool IsDirty => (Creating || editing) && form is { IsDirty: true }
        || !Creating && !editing && (composer is { IsDirty: true } || timeline is { IsDirty: true } || people is { IsDirty: true } || reminders is { IsDirty: true });

    /// <summary>Reads the lead again; a form that is being written in is told of the change instead.</summary>
    public async Task LookAsync()
    {
        if (LeadId is not { } id || Creating || leaving.IsCancellationRequested) return;
        if ((await Queries.FindAsync(id, leaving.Token)).Failed(out refusal, out var found))
        {
            if (refusal is NotFoundError && !editing && (await Merge.SurvivorAsync(id, leaving.Token)).Value is { } kept)
            {
                await OnLink.InvokeAsync($"/leads/{kept}");
                return;
            }
            if (refusal is NotFoundError && !editing) lead = null;
            StateHasChanged();
            return;
        }
        if (LeadId != id) return;
        lead = found;
        if (editing && Forms.Of(found) is var now && now.Differs(opened))
        {
            changed = now;
            (await Queries.LastChangeAsync(id, leaving.Token)).Failed(out _, out changedBy);
        }
        StateHasChanged();
        if (!editing && timeline is not null) await timeline.LookAsync();
    }

    /// <summary>Asks whether to leave without saving, and goes when the answer is yes.</summary>
    public Task AskAsync(Func<Task> goAsync) => panel is { } drawer ? drawer.AskAsync(goAsync) : goAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (shown == (LeadId, Creating)) return;
        shown = (LeadId, Creating);
        (lead, refusal, editing, deleting, merging, changed, form, composer, timeline) = (null, null, false, false, false, null, null, null, null);
        if (Creating) opened = new LeadEdit { OwnerId = Agents.Any(a => a.Id == Actor.UserId) ? Actor.UserId : null };
        else await LookAsync();
    }

    // Only what is in sight is given up: a note that waits behind the form keeps its draft.
    private async Task ForgetAsync()
    {
        if (Creating || editing)
        {
            (editing, changed, form) = (false, null, null);
            await Drafts.ForgetAsync(LeadForm.DraftOf(LeadId), leaving.Token);
        }
        else if (LeadId is { } id)
        {
            if (composer is { IsDirty: true }) await ForgetAsync(composer.Clear, LeadComposer.DraftOf(id));
            if (timeline is { IsDirty: true }) await ForgetAsync(timeline.Clear, TimelineView.DraftOf(id));
            if (people is { IsDirty: true }) await ForgetAsync(people.Clear, ContactsSection.DraftOf(id));
            if (reminders is { IsDirty: true }) await ForgetAsync(reminders.Clear, RemindersSection.DraftOf(id));
        }
    }

    private async Task ForgetAsync(Action clear, string draft)
    {
        clear();
        await Drafts.ForgetAsync(draft, leaving.Token);
    }

    // Drawn anew, the drawer learns whether leaving would lose something.
    private static void Heed(bool dirty) => _ = dirty;

    private void Edit()
    {
        if (lead is null) return;
        (opened, changed, editing) = (Forms.Of(lead), null, true);
    }

    // The form goes on from what is stored now; fields that only others changed take their value.
    private void LoadIntoForm(LeadEdit now) => (opened, changed) = (now, null);

    private async Task SavedAsync(Guid id)
    {
        await ForgetAsync();
        if (Creating) await OnCreated.InvokeAsync(id);
        else await LookAsync();
    }

    private async Task CancelAsync()
    {
        if (Creating)
        {
            await OnClose.InvokeAsync();
            return;
        }
        await ForgetAsync();
        await LookAsync();
    }

    private async Task MergedAsync((string Name, Guid ChangeId) other)
    {
        merging = false;
        Toasts.Show($"{other.Name} is part of this lead now", () => InvokeAsync(() => TakeBackAsync(other.ChangeId)));
        await LookAsync();
    }

    private async Task TakeBackAsync(Guid changeId)
    {
        var failed = (await Undo.UndoAsync(changeId, new HashSet<Guid>(), CancellationToken.None)).Error;
        await LookAsync();
        refusal ??= failed;
        StateHasChanged();
    }

    // the toast outlives this page
    private async Task GiveBackAsync(Guid change) => Toasts.Show(UndoOutcome.WhyNot(await Undo.UndoAsync(change, new HashSet<Guid>(), CancellationToken.None)) ?? "Taken back");

    private async Task CopyLinkAsync()
    {
        await OnCopyLink.InvokeAsync();
        Toasts.Show("Link copied");
    }

    private async Task DeleteAsync()
    {
        if (lead is not { } gone) return;
        busy = true;
        var deleted = await Service.DeleteAsync(gone.Id, leaving.Token);
        busy = false;
        deleteError = deleted.Error?.Message;
        if (deleted.Failed(out _, out var change)) return;
        deleting = false;
        Toasts.Show($"{gone.Name} is deleted", () => InvokeAsync(() => GiveBackAsync(change)));
        (editing, form) = (false, null);
        await ForgetAsync();
        await Drafts.ForgetAsync($"lead/{gone.Id}/", leaving.Token);
        await OnClose.InvokeAsync();
    }
}
