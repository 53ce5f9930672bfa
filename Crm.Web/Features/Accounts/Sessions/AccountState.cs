namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>What tokens and cookies say of an account.</summary>
/// <param name="Stamp">Changes with the password, and whenever all sessions are to end.</param>
/// <param name="Roles">In order.</param>
public record AccountFace(Guid Id, string UserName, string Email, string DisplayName, string Stamp, IReadOnlyList<string> Roles);

/// <summary>What the database says about an account now: every session of it has to agree.</summary>
/// <param name="Sessions">Those that stand: neither ended nor run out.</param>
public sealed record AccountState(
    Guid Id, string UserName, string Email, string DisplayName, bool IsActive, string Stamp, IReadOnlyList<string> Roles, IReadOnlySet<Guid> Sessions)
    : AccountFace(Id, UserName, Email, DisplayName, Stamp, Roles);
