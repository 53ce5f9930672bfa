using Crm.Data;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Ui;

namespace Crm.Web.Shell.Bell;

/// <summary>What a count in the frame counts.</summary>
public enum InboxCounts { Unread, Overdue }

/// <summary>
/// What waits for whoever looks at this screen: unread notices and overdue reminders, read once for all parts of the frame and anew when
/// news come for them. Every act on a reminder of theirs is such news.
/// </summary>
public sealed class Inbox(NoticeQueries notices, NoticeService service, ReminderQueries reminders, CurrentActor actor, ChangeFeed changes, TimeProvider time) : IDisposable
{
    /// <summary>Lines under the bell.</summary>
    public const int Shown = 15;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly Leaving leaving = new();
    private IDisposable? subscription;
    private Task? first;

    /// <summary>Raised, on any thread, when something of it changed.</summary>
    public event Action? Changed;

    /// <summary>The newest notice that came while this screen was open.</summary>
    public NoticeLine? JustCame { get; private set; }
    public NoticeList Notices { get; private set; } = new([], 0, false);
    public int Overdue { get; private set; }

    /// <summary>Reads it, once for all who ask.</summary>
    /// <param name="listen">Whether the screen stays and wants to hear of news.</param>
    public Task LoadAsync(bool listen, CancellationToken ct)
    {
        if (listen && subscription is null && actor.UserId is not null)
        {
            var bursts = new ChangeBursts(time, Rest, _ => LookAsync());
            subscription = changes.Subscribe([ChangeKinds.Notice], topics =>
                topics.Any(t => t.Id == actor.UserId || t.Id == Guid.Empty) ? bursts.OnChangeAsync(topics, leaving.Token) : Task.CompletedTask);
        }
        return (first ??= LookAsync()).WaitAsync(ct);
    }

    /// <summary>How many there are of this.</summary>
    public int Of(InboxCounts what) => what is InboxCounts.Unread ? Notices.Unread : Overdue;

    /// <summary>One was followed.</summary>
    public Task MarkReadAsync(Guid noticeId, CancellationToken ct) => service.MarkReadAsync(noticeId, ct);

    /// <summary>All were seen.</summary>
    public Task MarkAllReadAsync(CancellationToken ct) => service.MarkAllReadAsync(ct);

    public void Dispose()
    {
        subscription?.Dispose();
        leaving.Dispose();
    }

    private async Task LookAsync()
    {
        var (known, counted) = (Notices, first is { IsCompleted: true });
        if ((await notices.NewestAsync(Shown, leaving.Token)).Failed(out _, out var list) || (await reminders.OverdueAsync(leaving.Token)).Failed(out _, out var overdue)) return;
        (Notices, Overdue) = (list, overdue);
        if (counted && list.Lines.FirstOrDefault(l => !l.IsRead) is { } newest && known.Lines.All(l => l.Id != newest.Id)) JustCame = newest;
        Changed?.Invoke();
    }
}
