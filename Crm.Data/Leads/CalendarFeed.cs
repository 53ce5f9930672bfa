namespace Crm.Data.Leads;

/// <summary>The secret address from which somebody's calendar program reads their reminders; a new one ends the old.</summary>
[NotAudited]
public sealed class CalendarFeed
{
    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the secret in the address, lower-case hexadecimal.</summary>
    public required string TokenHash { get; set; }
    public required DateTime CreatedAt { get; set; }
    public DateTime? ReadAt { get; set; }
}
