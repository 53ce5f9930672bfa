using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Users;

/// <summary>An account as the owner sees it.</summary>
public sealed record UserRow(Guid Id, string UserName, string Email, string FirstName, string LastName, bool IsActive, DateTime JoinedAt, IReadOnlyList<string> Roles);

/// <summary>What the owner sets of an account; null leaves it as it is.</summary>
/// <param name="Email">Empty for none.</param>
/// <param name="Role">One of <see cref="Platform.Access.Roles"/>.</param>
public sealed record UserEdit(string? UserName, string? Email, string? FirstName, string? LastName, string? Role, bool? IsActive);

/// <summary>No such account.</summary>
public sealed record UserNotFound() : NotFoundError("This account does not exist any more.");

/// <summary>Another account has the name.</summary>
public sealed record UserNameTaken() : InvalidError(nameof(UserEdit.UserName), "A user with that username already exists.");

/// <summary>Another account has the address.</summary>
public sealed record UserEmailTaken() : InvalidError(nameof(UserEdit.Email), "user with this email address already exists.");
