namespace Crm.Web.Features.Leads.Api;

// What programs send, for the API's description; the readers beside the resources say what is really taken.

/// <summary>A lead.</summary>
/// <param name="EstimatedValue">With two places, as text: "1500.00".</param>
/// <param name="OwnerId">The agent; without one whoever sends it.</param>
sealed record LeadBody(
    string Name, string Email, string? Company, string? Phone, string? Status, string? Priority, string? Source, Guid? OwnerId, string? EstimatedValue, string? Description);

/// <summary>A person at a lead.</summary>
sealed record ContactBody(Guid Lead, string Name, string Email, string? Phone, string? Position, bool? IsPrimary, string? Notes);

/// <summary>A note on a lead.</summary>
sealed record NoteBody(Guid Lead, string Content);

/// <summary>Something to do about a lead.</summary>
sealed record ReminderBody(Guid Lead, string Title, DateTime ReminderDate, string? Description, string? Status, Guid? UserId);

/// <summary>What was said with a contact.</summary>
sealed record CorrespondenceBody(Guid Contact, string Type, string Subject, string Description, DateTime? Date);

/// <summary>An opportunity of a customer.</summary>
/// <param name="Stage">In the client's words.</param>
sealed record OpportunityBody(string Title, string Description, string Stage, Guid Customer, Guid? AssignedTo);
