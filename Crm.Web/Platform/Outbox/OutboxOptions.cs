using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Outbox;

/// <summary>How messages leave. Section <c>Outbox</c>.</summary>
public sealed class OutboxOptions : IValidatableObject
{
    /// <summary>Whether this node sends at all; posting works anyway.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Messages under way at once on one node, for each channel.</summary>
    [Range(1, 64)]
    public int ParallelSends { get; set; } = 4;

    /// <summary>How often to look for what is due, beside being told of every new message.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 5;

    /// <summary>When a try is given up; the lease is twice as long, so that nobody takes over what is still being tried.</summary>
    [Range(1, 600)]
    public int SendSeconds { get; set; } = 60;

    /// <summary>After so many failed tries a message is dead.</summary>
    [Range(1, 50)]
    public int MostAttempts { get; set; } = 10;

    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    [Range(1, 3600)]
    public int FirstPauseSeconds { get; set; } = 30;

    [Range(1, 86_400)]
    public int LongestPauseSeconds { get; set; } = 4 * 3600;

    /// <summary>A message that has been due for longer is dead: nobody expects it any more.</summary>
    [Range(1, 365)]
    public int LateDays { get; set; } = 7;

    /// <summary>How long sent and dead messages are kept; as long is a key known as posted.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 30;

    public TimeSpan Lease => TimeSpan.FromSeconds(2 * SendSeconds);

    /// <summary>How long to wait after a failed try.</summary>
    /// <param name="attempt">Which one failed, from 1.</param>
    /// <param name="chance">0 to 1: spreads the pause by a fifth to either side, so that what failed together does not come back together.</param>
    public TimeSpan PauseAfter(int attempt, double chance)
    {
        var seconds = Math.Min(LongestPauseSeconds, FirstPauseSeconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromSeconds(seconds * (0.8 + 0.4 * chance));
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestPauseSeconds < FirstPauseSeconds) yield return new("must not be shorter than FirstPauseSeconds.", [nameof(LongestPauseSeconds)]);
    }
}
