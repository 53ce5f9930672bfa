namespace Crm.Data.Storage;

/// <summary>Who does the work, for the audit trail.</summary>
/// <param name="UserId">Nobody for a job or a command.</param>
/// <param name="Name">The name of the person or of the job, as the trail shows it.</param>
/// <param name="Ip">Address of the request, where there is one.</param>
public sealed record Actor(Guid? UserId, string Name, string? Ip = null)
{
    /// <summary>The application itself: a job, a command, the seed.</summary>
    public static Actor System(string name) => new(null, name);
}
