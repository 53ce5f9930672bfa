namespace Crm.Web.Tests.Ground;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class TestClock : TimeProvider
{
    /// <summary>Friday 20 November 2026, 15:00 UTC: 10:00 in the shop.</summary>
    public static readonly DateTime Start = new(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc);

    private DateTimeOffset now = new(Start);

    public static TestClock At(DateTime utc) => new() { now = new DateTimeOffset(utc) };

    public DateTime Now => now.UtcDateTime;

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
