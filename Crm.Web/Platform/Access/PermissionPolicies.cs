using Microsoft.AspNetCore.Authorization;

namespace Crm.Web.Platform.Access;

/// <summary>The policy of a permission asks what the roles may do now.</summary>
public sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

sealed class PermissionHandler(Rights rights) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (rights.Allow(context.User, requirement.Permission)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
