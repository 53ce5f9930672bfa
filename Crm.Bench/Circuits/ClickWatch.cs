using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Crm.Bench.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

[assembly: HostingStartup(typeof(ClickWatch))]

namespace Crm.Bench.Circuits;

/// <summary>
/// Inside the served shop (ASPNETCORE_HOSTINGSTARTUPASSEMBLIES): how long a click takes there, from the moment the hub hands the call on
/// until the drawing that answers it is given to the connection. What the client, the wire and the operating system add is not in it,
/// though all of them share the machine's cores while it is taken. Asked for at <see cref="Path"/>, which also forgets.
/// </summary>
sealed class ClickWatch : IHostingStartup, IStartupFilter, IHubFilter, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Milliseconds of each click so far, a line each; before them the processor seconds of the process, and how often it asked the database.</summary>
    public const string Path = "/bench/clicks";

    /// <summary>The call that is a click, and what is drawn by its answer.</summary>
    public const string Method = "GoAsync";
    public const string Answer = "Lead created";

    private static readonly byte[] Drawn = Encoding.UTF8.GetBytes(Answer);
    private static readonly ConcurrentDictionary<string, long> Begun = new();
    private static ConcurrentQueue<double> times = new();
    private static long asked;

    public void Configure(IWebHostBuilder builder)
    {
        DiagnosticListener.AllListeners.Subscribe(this);
        builder.ConfigureServices(services => services
            .AddSingleton<IStartupFilter>(this)
            .AddSingleton(typeof(HubLifetimeManager<>), typeof(Watched<>))
            .Configure<HubOptions>(options => options.AddFilter(this)));
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map(Path, tell => tell.Run(context =>
        {
            var told = Interlocked.Exchange(ref times, new ConcurrentQueue<double>());
            FormattableString first = $"{Environment.CpuUsage.TotalTime.TotalSeconds:0.000}\n{Interlocked.Read(ref asked)}\n";
            return context.Response.WriteAsync(FormattableString.Invariant(first) + string.Concat(told.Select(t => FormattableString.Invariant($"{t:0.000}\n"))));
        }));
        next(app);
    };

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocationContext.HubMethodArguments is [_, _, Method, _, string arguments] && arguments.StartsWith("[\"/leads/", StringComparison.Ordinal))
            Begun[invocationContext.Context.ConnectionId] = Stopwatch.GetTimestamp();
        return await next(invocationContext);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name);
    }

    public void OnNext(KeyValuePair<string, object?> value) => Interlocked.Increment(ref asked);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Sent(string connectionId, object?[] arguments)
    {
        if (arguments is [_, ArraySegment<byte> batch] && Begun.TryGetValue(connectionId, out var begun) && batch.AsSpan().IndexOf(Drawn) >= 0 && Begun.TryRemove(connectionId, out _))
            times.Enqueue(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    private sealed class Watched<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger) where THub : Hub
    {
        public override async Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default)
        {
            await base.SendConnectionAsync(connectionId, methodName, args, cancellationToken);
            if (methodName == "JS.RenderBatch") Sent(connectionId, args);
        }
    }
}
