using System.Collections.Concurrent;
using System.Threading.Channels;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Jobs;
using Crm.Web.Platform.Storage;
using Crm.Web.Tests.Ground;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Platform.Jobs;

/// <summary>A node that runs jobs on a test shop's database: Quartz as the product sets it up, with jobs of the test.</summary>
sealed class JobNode : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private JobNode(ServiceProvider services) => this.services = services;

    public JobScheduler Scheduler => services.GetRequiredService<JobScheduler>();

    /// <summary>Opens a node; jobs have begun when this ends.</summary>
    public static async Task<JobNode> OpenAsync(TestShop shop, JobLog log, params JobPlan[] plans)
    {
        var node = Make(shop, log, shop.Clock, shop.Folder, plans);
        await node.Scheduler.BeginAsync(CancellationToken.None);
        return node;
    }

    /// <summary>A node whose scheduler nobody has started yet.</summary>
    public static JobNode Make(TestShop shop, JobLog log, TimeProvider clock, string folder, params JobPlan[] plans)
    {
        var collection = new ServiceCollection().AddLogging().AddSingleton(shop.Database).AddSingleton(clock)
            .AddSingleton(Options.Create(new StorageOptions { DataDirectory = folder })).AddSingleton(Options.Create(new JobsOptions()))
            .AddSingleton(log).AddSingleton(shop.Get<Rights>()).AddScoped<CurrentActor>().AddScoped<TestJob>().AddScoped<FailingJob>()
            .AddSingleton<JobRunner>().AddSingleton<JobScheduler>();
        foreach (var plan in plans) collection.AddSingleton(plan);
        return new JobNode(collection.BuildServiceProvider());
    }

    /// <summary>The owner's look at the jobs, from this node.</summary>
    public JobBoard Board
    {
        get
        {
            var actor = new CurrentActor(services.GetRequiredService<Rights>());
            actor.BecomeSystem("owner");
            return new JobBoard(Scheduler, services.GetRequiredService<JobRunner>(), actor);
        }
    }

    public async Task<JobRow> RowAsync(string name) => (await Board.ListAsync(CancellationToken.None)).Value.Rows.Single(r => r.Name == name);

    /// <summary>Lets running jobs finish, and their history be written.</summary>
    public async ValueTask DisposeAsync()
    {
        await Scheduler.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}

/// <summary>What the jobs of a test did.</summary>
sealed class JobLog
{
    private readonly Channel<string> runs = Channel.CreateUnbounded<string>();

    public ConcurrentQueue<string> Actors { get; } = [];

    public void Add(string actor)
    {
        Actors.Enqueue(actor);
        runs.Writer.TryWrite(actor);
    }

    public async Task NextAsync() => await runs.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}

sealed class TestJob(JobLog log, CurrentActor actor) : IBackgroundJob
{
    public const string Never = "0 0 0 1 1 ? 2098";
    public const string EverySecond = "* * * * * ?";

    public Task<string> RunAsync(CancellationToken ct)
    {
        log.Add($"{actor.Name}, owner: {actor.IsOwner}");
        return Task.FromResult("3 things done.");
    }
}

sealed class FailingJob(JobLog log) : IBackgroundJob
{
    public Task<string> RunAsync(CancellationToken ct)
    {
        log.Add("failed");
        throw new InvalidOperationException("the shelf is empty");
    }
}

/// <summary>A clock whose pauses end when a test says so.</summary>
sealed class PausingClock : TimeProvider
{
    private readonly Channel<(TimeSpan Pause, Action End)> pauses = Channel.CreateUnbounded<(TimeSpan, Action)>();
    private Action? end;

    /// <summary>The length of the pause that has just begun.</summary>
    public async Task<TimeSpan> PauseAsync()
    {
        (var pause, end) = await pauses.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return pause;
    }

    /// <summary>Ends it.</summary>
    public void Ring() => end!();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        pauses.Writer.TryWrite((dueTime, () => callback(state)));
        return new Pausing();
    }

    private sealed class Pausing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;
        public void Dispose() { }
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
