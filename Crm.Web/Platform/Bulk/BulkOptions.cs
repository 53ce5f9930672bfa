using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Bulk;

/// <summary>How changes to many rows are worked off. Section <c>Bulk</c>.</summary>
public sealed class BulkOptions
{
    /// <summary>Whether this node works on runs; starting them works anyway.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Rows of one transaction.</summary>
    [Range(1, 2000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>After so long without a batch another node goes on.</summary>
    [Range(5, 3600)]
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>How often to look for runs that a dead node left, beside being told of new ones.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 10;
}
