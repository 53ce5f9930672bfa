using System.Security.Claims;
using Crm.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Lets Identity's sign-in write our claims.</summary>
sealed class SessionClaimsFactory(AccountStates accounts) : IUserClaimsPrincipalFactory<User>
{
    public async Task<ClaimsPrincipal> CreateAsync(User user) =>
        await accounts.ReadAsync(user.Id, CancellationToken.None) is { } account
            ? SessionClaims.Of(account)
            : throw new InvalidOperationException($"The account {user.Id} is gone.");
}
