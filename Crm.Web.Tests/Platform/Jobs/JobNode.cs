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
        var collection = new ServiceCollection().AddLogging().AddSingleton(shop.Database).AddSingleton<TimeProvider>(shop.Clock)
            .AddSingleton(Options.Create(new StorageOptions { DataDirectory = shop.Folder })).AddSingleton(Options.Create(new JobsOptions()))
            .AddSingleton(log).AddSingleton(shop.Get<Rights>()).AddScoped<CurrentActor>().AddScoped<TestJob>().AddScoped<FailingJob>()
            .AddSingleton<JobRunner>().AddSingleton<JobScheduler>();
        foreach (var plan in plans) collection.AddSingleton(plan);
        var node = new JobNode(collection.BuildServiceProvider());
        await node.Scheduler.BeginAsync(CancellationToken.None);
        return node;
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
