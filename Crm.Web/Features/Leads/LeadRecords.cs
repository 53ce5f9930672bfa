using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Files;

namespace Crm.Web.Features.Leads;

/// <summary>A card of the board.</summary>
/// <param name="Person">The primary contact's name.</param>
/// <param name="Rank">Place in its column, ascending; equal ranks are ordered by id.</param>
/// <param name="NextStepAt">UTC; the shop's midnight stands for a whole day.</param>
/// <param name="TouchedAt">Last time a person worked on it.</param>
/// <param name="OwnerName">Empty when nobody works on it.</param>
public sealed record LeadCard(
    Guid Id, long Number, string Name, string? Business, string? Person, LeadStatus Status, long Rank, LeadPriority Priority, long ValueMinor,
    string? NextStep, DateTime? NextStepAt, DateTime TouchedAt, DateTime CreatedAt, DateTime StatusSince,
    Guid? OwnerId, string OwnerName, LostReason? LostReason, string? LostNote)
{
    public Money Value => new(ValueMinor);
    public bool IsOpen => Status.IsOpen();
}

/// <summary>How many leads a column holds under the filter, and what they are worth together.</summary>
public sealed record LaneTotal(LeadStatus Status, int Count, long ValueMinor);

/// <summary>Numbers on the tabs above the board: open leads of everybody.</summary>
public sealed record LeadTabCounts(int Open, int Mine, int Today, int Late, int Stale);

/// <summary>What changed on the board, for the eyes of whoever looks.</summary>
/// <param name="Cards">The changed leads that the filter shows; null when so much changed that the board begins anew.</param>
sealed record BoardNews(IReadOnlyList<LeadCard>? Cards, IReadOnlyList<LaneTotal> Totals, LeadTabCounts Tabs);

/// <summary>Where a card is put: below one card, else above another, else on top of the column.</summary>
public sealed record LeadPlace(Guid? Below, Guid? Above)
{
    public static readonly LeadPlace Top = new(null, null);
}

/// <summary>A done move.</summary>
/// <param name="From">The column that it really left, which may be another than the screen showed.</param>
/// <param name="ChangeId">By which it can be taken back, with all that a conversion made; null when nothing was to be changed.</param>
public sealed record LeadMoved(LeadCard Card, LeadStatus From, Guid? ChangeId = null);

/// <summary>Somebody at a lead.</summary>
public sealed record LeadContactLine(Guid Id, string Name, string? Position, string? Email, string? Phone, string? Notes, bool IsPrimary);

/// <summary>Something to do about a lead.</summary>
/// <param name="Person">Whose it is; empty for nobody's.</param>
public sealed record LeadReminderLine(Guid Id, string Title, DateTime DueAt, DateTime? DoneAt, ReminderStatus Status, string Person)
{
    public string? Description { get; init; }

    /// <summary>UTC: when it is told, later than due when it was snoozed.</summary>
    public DateTime FireAt { get; init; }
    public ReminderRepeat Repeat { get; init; }
    public Guid? UserId { get; init; }
    public bool IsOpen => DoneAt is null && Status is not ReminderStatus.Cancelled;
}

/// <summary>A lead as its panel shows it.</summary>
public sealed record LeadDetail(
    Guid Id, long Number, string Name, string? Company, string? Business, string? City, string? Email, string? Phone,
    LeadStatus Status, LeadPriority Priority, long ValueMinor, string? Source, string? Description, Guid? OwnerId, string OwnerName,
    string? NextStep, DateTime? NextStepAt, LostReason? LostReason, string? LostNote, DateTime StatusSince, DateTime TouchedAt, DateTime CreatedAt,
    Guid? CustomerId, string? CustomerName)
{
    public Money Value => new(ValueMinor);
    public bool IsOpen => Status.IsOpen();
    public IReadOnlyList<LeadContactLine> Contacts { get; init; } = [];
    public IReadOnlyList<LeadReminderLine> Reminders { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>What kind of thing a line of the timeline tells of.</summary>
public enum TimelineKind { Created, Stage, Note, Email, Phone, Meeting, WhatsApp, Other, Reminder, Edited, Contact, Tag, Deal, Removed }

/// <summary>What somebody wants to see of a timeline.</summary>
public enum TimelineFilter { All, Notes, Talks, Reminders, Changes, Files }

/// <summary>A line of a lead's timeline.</summary>
/// <param name="Head">What happened, without who.</param>
/// <param name="Strong">The part of the head to stress: the new stage, the subject.</param>
/// <param name="Text">People's words; Markdown for a note.</param>
public sealed record TimelineLine(Guid Id, TimelineKind Kind, DateTime At, string Who, string Head, string? Strong, string? Text)
{
    /// <summary>A note that stays on top.</summary>
    public bool IsPinned { get; init; }

    /// <summary>A note that was changed after it was written.</summary>
    public bool IsEdited { get; init; }
    public IReadOnlyList<FileLine> Files { get; init; } = [];
    public bool IsTalk => Kind is TimelineKind.Email or TimelineKind.Phone or TimelineKind.Meeting or TimelineKind.WhatsApp or TimelineKind.Other;
}

/// <summary>Who changed a lead's fields last, and when.</summary>
public sealed record LeadChange(string Who, DateTime At);
