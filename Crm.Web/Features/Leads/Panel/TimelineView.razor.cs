using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Panel;

/// <summary>Reads the timeline of one lead, and does what is asked of its notes and talks.</summary>
public sealed partial class TimelineView : IDisposable
{
    private static readonly (TimelineFilter, string)[] Filters =
    [
        (TimelineFilter.All, "All"), (TimelineFilter.Notes, "Notes"), (TimelineFilter.Talks, "Talks"), (TimelineFilter.Reminders, "Reminders"),
        (TimelineFilter.Changes, "Changes"), (TimelineFilter.Files, "Files"),
    ];

    private readonly Leaving leaving = new();
    private List<TimelineLine> lines = [];
    private IReadOnlyList<TimelineLine> pinned = [];
    private TimelineFilter filter;
    private TimelineMark? next;
    private TimelineLine? deleting;
    private Error? error;
    private string? deedError;
    private Guid? writing;
    private bool dirty;
    private bool trail;
    private bool read;
    private bool busy;
    private bool earlier;

    [Parameter, EditorRequired] public LeadDetail Lead { get; set; } = null!;

    /// <summary>Colleagues who can be named in a note.</summary>
    [Parameter] public IReadOnlyList<StaffMember> Agents { get; set; } = [];
    [Parameter] public EventCallback<bool> OnDirty { get; set; }
    [Inject] private LeadTimeline Timeline { get; set; } = null!;
    [Inject] private LeadNotes Notes { get; set; } = null!;
    [Inject] private LeadTalks Talks { get; set; } = null!;
    [Inject] private CurrentActor Actor { get; set; } = null!;

    /// <summary>Whether something is being changed in it and not saved.</summary>
    public bool IsDirty => dirty;

    private IReadOnlyList<string> Names => [.. Agents.Select(a => a.Name)];

    /// <summary>Reads the newest lines again; earlier ones that were read stay.</summary>
    public async Task LookAsync()
    {
        if (leaving.IsCancellationRequested) return;
        var asked = filter;
        var answer = await Timeline.ReadAsync(Lead.Id, null, asked, leaving.Token);
        if (asked != filter) return;
        if (answer.Failed(out error, out var part)) return;
        (pinned, read) = (part.Pinned, true);
        if (!earlier) (lines, next) = ([.. part.Lines], part.Next);
        else lines = [.. part.Lines.Concat(lines.Where(l => part.Next is { } mark && l.At <= mark.At)).Where(l => pinned.All(p => p.Id != l.Id)).DistinctBy(l => l.Id)];
        StateHasChanged();
    }

    /// <summary>Gives up what is being changed.</summary>
    public void Clear() => (writing, dirty) = (null, false);

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LookAsync();

    /// <summary>Under what the drafts of notes and talks that are being changed are kept.</summary>
    internal static string DraftOf(Guid leadId) => $"lead/{leadId}/edit/";

    private void Open(TimelineLine line)
    {
        if (!dirty) writing = line.Id; // one after the other: what is half changed stays in sight
    }

    private Task HeedAsync(bool now)
    {
        dirty = now;
        return OnDirty.InvokeAsync(now);
    }

    private async Task CloseAsync()
    {
        Clear();
        await OnDirty.InvokeAsync(false);
        await LookAsync();
    }

    private Task ShowAsync(TimelineFilter choice)
    {
        if (IsHeldUp()) return Task.CompletedTask;
        (filter, trail, earlier, read, lines, pinned, next) = (choice, false, false, false, [], [], null);
        return LookAsync();
    }

    private void ShowTrail() => trail = !IsHeldUp();

    // another list would take away the line in which somebody writes
    private bool IsHeldUp()
    {
        deedError = dirty ? "Save what you are changing, or cancel it, first." : null;
        return dirty;
    }

    private async Task PinAsync(TimelineLine line)
    {
        if (busy) return;
        busy = true;
        deedError = (await Notes.PinAsync(Lead.Id, line.Id, !line.IsPinned, leaving.Token)).Error?.Message;
        busy = false;
        await LookAsync();
    }

    private async Task DeleteAsync()
    {
        if (busy || deleting is not { } line) return;
        busy = true;
        deedError = (line.Kind is TimelineKind.Note ? await Notes.RemoveAsync(Lead.Id, line.Id, leaving.Token) : await Talks.RemoveAsync(Lead.Id, line.Id, leaving.Token)).Error?.Message;
        busy = false;
        if (deedError is not null) return;
        deleting = null;
        lines.RemoveAll(l => l.Id == line.Id);
        await LookAsync();
    }

    private async Task MoreAsync()
    {
        if (busy) return;
        (busy, earlier) = (true, true);
        var answer = await Timeline.ReadAsync(Lead.Id, next, filter, leaving.Token);
        busy = false;
        if (answer.Failed(out error, out var part)) return;
        lines.AddRange(part.Lines.Where(l => lines.All(known => known.Id != l.Id)));
        next = part.Next;
    }
}
