namespace Crm.Web.Ui.Overlays;

/// <summary>Counts down a toast's time; somebody who reads it stops the clock.</summary>
public sealed class ToastTimer : IDisposable
{
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private TimeSpan left;
    private long startedAt;
    private int held;

    /// <summary>Starts the clock; <paramref name="over"/> is called once, when the time is up.</summary>
    public ToastTimer(ToastMessage message, TimeProvider time, Action<ToastTimer> over)
    {
        Message = message;
        this.time = time;
        left = message.Stay;
        startedAt = time.GetTimestamp();
        timer = time.CreateTimer(_ => over(this), null, left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is shown.</summary>
    public ToastMessage Message { get; }

    /// <summary>Stops the clock while the pointer or the focus rests here; calls may nest.</summary>
    public void Hold()
    {
        if (++held > 1) return;
        left -= time.GetElapsedTime(startedAt);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets the clock run on, with at least a second left.</summary>
    public void Release()
    {
        if (held == 0 || --held > 0) return;
        if (left < TimeSpan.FromSeconds(1)) left = TimeSpan.FromSeconds(1);
        startedAt = time.GetTimestamp();
        timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
