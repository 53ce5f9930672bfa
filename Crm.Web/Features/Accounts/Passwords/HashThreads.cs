using System.Collections.Concurrent;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>
/// Threads that do nothing but hash, begun when they are first needed: many sign-ins at once must not keep the pool's threads from other
/// requests, and a thread for each hash would cost as much as its statements.
/// </summary>
sealed class HashThreads(int count) : IDisposable
{
    private readonly BlockingCollection<Action> waiting = [];
    private readonly Lock guard = new();
    private int begun;

    /// <summary>Runs the work as soon as one of the threads is free.</summary>
    internal Task<T> RunAsync<T>(Func<T> work)
    {
        Begin();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure); // whoever waits hears of it
            }
        });
        return done.Task;
    }

    public void Dispose() => waiting.CompleteAdding();

    private void Begin()
    {
        if (Volatile.Read(ref begun) == count) return;
        lock (guard)
        {
            for (; begun < count; begun++) new Thread(Work) { IsBackground = true, Name = $"password hash {begun + 1}" }.Start();
        }
    }

    private void Work()
    {
        foreach (var work in waiting.GetConsumingEnumerable()) work();
    }
}
