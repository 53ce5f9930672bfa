using Crm.Data.Accounts;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>One sign-in in its owner's list.</summary>
/// <param name="IsThis">The one that looks at the list.</param>
public sealed record SessionRow(Guid Id, SessionKind Kind, string? Device, string? Ip, DateTime StartedAt, DateTime LastSeenAt, bool IsThis);
