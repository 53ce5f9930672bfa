namespace Crm.Data.Leads;

/// <summary>A note on a lead, in Markdown, with its author.</summary>
public sealed class LeadNote : Entity, IVersioned, ILive
{
    public const int TextLength = 10_000;

    public required Guid LeadId { get; init; }
    public string Text { get; private set; } = "";
    public bool IsPinned { get; private set; }
    public Guid? AuthorId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);

    public void Write(string text, DateTime now) => (Text, UpdatedAt) = (text.Trim(), now);
    public void Pin(bool pinned) => IsPinned = pinned;
}

/// <summary>Whether a reminder still waits, has fired, or was called off; done is when the work was done.</summary>
public enum ReminderStatus { Pending, Sent, Cancelled }

/// <summary>When a finished reminder comes again.</summary>
public enum ReminderRepeat { Never, Daily, Weekdays, Weekly, Monthly, Yearly }

/// <summary>Something to do about a lead at a time, for one person.</summary>
public sealed class Reminder : Entity, IVersioned, ILive
{
    public const int TitleLength = 200;

    public required Guid LeadId { get; init; }
    public Guid? UserId { get; private set; }
    public string Title { get; private set; } = "";
    public string? Description { get; private set; }
    public DateTime DueAt { get; private set; }

    /// <summary>When it is told: at the time itself, or later when it was snoozed.</summary>
    public DateTime FireAt { get; private set; }
    public ReminderRepeat Repeat { get; private set; }

    /// <summary>The finished one that this one repeats; of each there is one follower.</summary>
    public Guid? FollowsId { get; init; }
    public ReminderStatus Status { get; private set; }
    public DateTime? SentAt { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);

    public void Plan(string title, string? description, DateTime dueAt, Guid? userId, DateTime now)
    {
        if (dueAt != DueAt) WaitUntil(dueAt);
        (Title, Description, DueAt, UserId, UpdatedAt) = (title.Trim(), description?.Trim(), dueAt, userId, now);
    }

    public void RepeatEvery(ReminderRepeat repeat) => Repeat = repeat;

    /// <summary>Is told again at a later time; when it was due stays.</summary>
    public void Snooze(DateTime until, DateTime now)
    {
        WaitUntil(until);
        UpdatedAt = now;
    }

    /// <summary>The person did it: it leaves every list of things to do.</summary>
    public void Finish(DateTime now) => (DoneAt, UpdatedAt) = (now, now);

    /// <summary>Takes the tick away, or brings back what was called off; what was told already is not told again.</summary>
    public void Reopen(DateTime now)
    {
        if (Status is ReminderStatus.Cancelled) Status = SentAt is null ? ReminderStatus.Pending : ReminderStatus.Sent;
        (DoneAt, UpdatedAt) = (null, now);
    }

    public void Cancel(DateTime now) => (Status, UpdatedAt) = (ReminderStatus.Cancelled, now);
    public void MarkSent(DateTime now) => (Status, SentAt, UpdatedAt) = (ReminderStatus.Sent, now, now);

    private void WaitUntil(DateTime at) => (FireAt, Status, SentAt) = (at, ReminderStatus.Pending, null);
}

/// <summary>How the shop and a contact spoke.</summary>
public enum CorrespondenceKind { Email, Phone, Meeting, WhatsApp, Other }

/// <summary>Who began it.</summary>
public enum CorrespondenceDirection { Outgoing, Incoming }

/// <summary>An e-mail, call or meeting with a contact of a lead, logged by staff.</summary>
public sealed class Correspondence : Entity, IVersioned, ILive
{
    public const int SubjectLength = 200;

    public required Guid LeadId { get; init; }
    public Guid? ContactId { get; set; }
    public CorrespondenceKind Kind { get; set; }
    public CorrespondenceDirection Direction { get; set; }
    public required string Subject { get; set; }
    public string Description { get; set; } = "";
    public string? Outcome { get; set; }
    public required DateTime HappenedAt { get; set; }
    public Guid? LoggedById { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Lead, LeadId);
}
