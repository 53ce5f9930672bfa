using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Exchange;

/// <summary>A kept upload that is to be read in, for somebody.</summary>
/// <param name="Path">Of the upload; it is deleted afterwards.</param>
public sealed record ImportJob(string Path, string FileName, Guid? OwnerId, string OwnerName)
{
    private readonly TaskCompletionSource<Result<Guid>> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run's id as soon as it has begun, or why it did not.</summary>
    public Task<Result<Guid>> BegunAsync(CancellationToken ct) => begun.Task.WaitAsync(ct);

    public void Begin(Guid runId) => begun.TrySetResult(runId);
    public void Refuse(Error refusal) => begun.TrySetResult(refusal);
    public void Fail(Exception failure) => begun.TrySetException(failure);
}
