using Crm.Data;

namespace Crm.Web.Platform.Live;

/// <summary>
/// Gathers changes for one screen: the first is shown at once, those that come meanwhile are shown together, with a rest between,
/// so that an import of thousands costs a screen a few looks a second. Hand <see cref="OnChangeAsync"/> to <see cref="ChangeFeed.Subscribe"/>.
/// </summary>
/// <param name="rest">How long to wait after each look.</param>
/// <param name="look">Shows the records of these ids anew; an empty id among them means "many: all of it".</param>
public sealed class ChangeBursts(TimeProvider time, TimeSpan rest, Func<IReadOnlySet<Guid>, Task> look)
{
    private readonly Lock guard = new();
    private HashSet<Guid> waiting = [];
    private bool looking;

    /// <summary>Takes changes in; returns when this call's share of the looking is done, or the screen was left.</summary>
    public async Task OnChangeAsync(IReadOnlyList<ChangeTopic> topics, CancellationToken ct)
    {
        lock (guard)
        {
            foreach (var topic in topics) waiting.Add(topic.Id);
            if (looking) return;
            looking = true;
        }
        HashSet<Guid>? batch = null;
        try
        {
            while ((batch = Next()) is not null)
            {
                await look(batch);
                batch = null;
                await Task.Delay(rest, time, ct);
            }
        }
        catch (Exception failure)
        {
            lock (guard)
            {
                looking = false;
                if (batch is not null) waiting.UnionWith(batch); // the next change shows them as well
            }
            if (failure is not OperationCanceledException || !ct.IsCancellationRequested) throw;
        }
    }

    private HashSet<Guid>? Next()
    {
        lock (guard)
        {
            if (waiting.Count == 0)
            {
                looking = false;
                return null;
            }
            var batch = waiting;
            waiting = [];
            return batch;
        }
    }
}
