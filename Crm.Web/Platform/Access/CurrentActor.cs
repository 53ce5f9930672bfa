using System.Net;
using System.Security.Claims;
using Crm.Data.Storage;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;

namespace Crm.Web.Platform.Access;

/// <summary>
/// Who is acting in this request, circuit or job. Filled at the edge; every service asks it, since a hidden button is no check.
/// </summary>
public sealed class CurrentActor(Rights rights)
{
    private ClaimsPrincipal principal = new();

    public Guid? UserId { get; private set; }

    /// <summary>The sign-in that this request or circuit belongs to.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>The account's security stamp that the sign-in is under; null for whoever is not signed in.</summary>
    public string? Stamp { get; private set; }
    public string Name { get; private set; } = "Nobody";
    public string? Ip { get; private set; }

    /// <summary>Where they come from, as limits count it.</summary>
    public string Address => RateLimits.Address(IPAddress.TryParse(Ip, out var ip) ? ip : null);

    public bool IsOwner => principal.IsInRole(Roles.Owner);
    public bool IsManagement => Roles.Management.Any(principal.IsInRole);
    public bool IsStaff => Roles.Staff.Any(principal.IsInRole);
    public bool IsCustomer => principal.IsInRole(Roles.Customer);

    /// <summary>What the audit trail writes.</summary>
    public Actor ForAudit => new(UserId, Name, Ip);

    /// <summary>Takes on the signed-in user of a request or circuit.</summary>
    public void Become(ClaimsPrincipal user, string? ip)
    {
        (principal, Ip) = (user, ip);
        UserId = Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
        SessionId = Guid.TryParse(user.FindFirstValue(ActorClaims.Session), out var session) ? session : null;
        Stamp = user.FindFirstValue(ActorClaims.Stamp);
        Name = user.FindFirstValue(ActorClaims.DisplayName) ?? user.Identity?.Name ?? "Nobody";
    }

    /// <summary>Stays who it is, and acts from there from now on.</summary>
    public void MoveTo(string ip) => Ip = ip;

    /// <summary>Takes on a job or a command of the application itself, with the owner's rights.</summary>
    public void BecomeSystem(string name)
    {
        principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Owner)], "system"));
        (UserId, SessionId, Stamp, Name, Ip) = (null, null, null, name, null);
    }

    /// <summary>Whether their role may do this now.</summary>
    public bool May(Permission permission) => rights.Allow(principal, permission);

    /// <summary>The refusal for somebody whose role may not do this, else null.</summary>
    public Error? UnlessMay(Permission permission) => May(permission) ? null : new ForbiddenError();

    /// <summary>The refusal for somebody who does not work here, else null.</summary>
    public Error? UnlessStaff() => IsStaff ? null : new ForbiddenError();

    /// <summary>The refusal for somebody who is neither owner nor manager, else null.</summary>
    public Error? UnlessManagement() => IsManagement ? null : new ForbiddenError();

    /// <summary>The refusal for somebody who is not the owner, else null.</summary>
    public Error? UnlessOwner() => IsOwner ? null : new ForbiddenError();
}

/// <summary>What the sign-in cookie says beside id and roles.</summary>
public static class ActorClaims
{
    public const string DisplayName = "name";

    /// <summary>The account's security stamp, as Identity calls it.</summary>
    public const string Stamp = "AspNet.Identity.SecurityStamp";

    /// <summary>Id of the session.</summary>
    public const string Session = "sid";
}
