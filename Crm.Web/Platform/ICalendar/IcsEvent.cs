namespace Crm.Web.Platform.ICalendar;

/// <summary>When an event begins: an instant, a time of a zone's wall clock (what repeats keeps its hour), or a whole day.</summary>
public sealed record IcsStart
{
    private IcsStart() { }

    public DateTime? Utc { get; private init; }
    public DateTime? Wall { get; private init; }
    public DateOnly? Day { get; private init; }

    public static IcsStart At(DateTime utc) => new() { Utc = utc };
    public static IcsStart AtWall(DateTime wall) => new() { Wall = wall };
    public static IcsStart On(DateOnly day) => new() { Day = day };
}

/// <summary>An event of a published calendar.</summary>
/// <param name="Uid">Stays the same for as long as the event exists, wherever it is moved.</param>
/// <param name="ChangedAt">UTC, of its last change.</param>
public sealed record IcsEvent(string Uid, IcsStart Start, string Summary, DateTime ChangedAt)
{
    public string? Description { get; init; }

    /// <summary>Absolute.</summary>
    public string? Url { get; init; }
    public DateTime? CreatedAt { get; init; }

    /// <summary>How often it was changed.</summary>
    public int Sequence { get; init; }
    public int Minutes { get; init; } = 30;

    /// <summary>As RFC 5545 writes it: "FREQ=WEEKLY"; only beside a wall-clock start.</summary>
    public string? Rule { get; init; }

    /// <summary>Whether a calendar program rings at its start.</summary>
    public bool Rings { get; init; }
}

/// <summary>A calendar that others read.</summary>
/// <param name="Zone">Of the wall clock that its starts are on.</param>
/// <param name="RefreshMinutes">How often readers are asked to look again.</param>
public sealed record IcsCalendar(string Name, TimeZoneInfo Zone, IReadOnlyList<IcsEvent> Events, int RefreshMinutes = 30);
