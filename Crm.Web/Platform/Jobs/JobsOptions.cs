using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Jobs;

/// <summary>Whether and how recurring jobs run on this node. Section <c>Jobs</c>.</summary>
public sealed class JobsOptions
{
    /// <summary>Whether this node runs jobs at all; on PostgreSQL another may.</summary>
    public bool Enabled { get; set; } = true;

    [Range(1, 32)]
    public int ParallelJobs { get; set; } = 2;

    /// <summary>How long the open shop is left alone before jobs begin.</summary>
    [Range(0, 3600)]
    public int StartAfterSeconds { get; set; } = 3;
}
