namespace Crm.Web.Tests.Ui;

/// <summary>Time that moves only when told to, and rings the timers that are due on the way.</summary>
public sealed class TickingClock : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        alarms.Add(alarm);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        now += by;
        foreach (var alarm in alarms.Where(alarm => alarm.DueAt <= now).ToList()) alarm.Ring();
    }

    private sealed class Alarm(TickingClock clock, Action ring) : ITimer
    {
        public TimeSpan? DueAt { get; private set; }

        public void Ring()
        {
            DueAt = null;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            return true;
        }

        public void Dispose() => clock.alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
