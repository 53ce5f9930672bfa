namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Somebody who has proved who they are.</summary>
/// <param name="Stamp">
/// The account's security stamp when they did: a sign-in that is under way while the password is replaced comes too late. Null for
/// whichever the account has now.
/// </param>
public sealed record Proved(Guid UserId, string? Stamp = null);
