namespace Crm.Web.Features.Accounts.Sessions;

/// <summary>Where a session was begun, so that its owner knows it again.</summary>
/// <param name="Device">Browser and system in words.</param>
public sealed record SessionOrigin(string? Device, string? Ip)
{
    /// <summary>By what a program is known again; null where nobody asks.</summary>
    public byte[]? Program { get; init; }

    /// <summary>Read from the request that signs in.</summary>
    public static SessionOrigin Of(HttpContext? context) => context is null
        ? new(null, null)
        : new(DeviceName.Of(context.Request.Headers.UserAgent.ToString()), context.Connection.RemoteIpAddress?.ToString())
        {
            Program = ProgramMark.Of(context.Request.Headers.UserAgent.ToString(), context.Connection.RemoteIpAddress),
        };
}
