using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Storage;

var blueprint = new AppBlueprint(AddServices, PrepareAsync, Map);
var commands = new CommandLine([new ServeCommand(blueprint)]);
return await commands.RunAsync(args, CancellationToken.None);

static void AddServices(WebApplicationBuilder builder) =>
    builder.Services.AddStorage();

static Task PrepareAsync(IServiceProvider services, CancellationToken ct)
{
    services.PrepareStorage();
    return Task.CompletedTask;
}

static void Map(WebApplication app) =>
    app.MapGet("/", () => "hello").AllowAnonymous();

/// <summary>Named so that the in-process test host can point at this app.</summary>
public partial class Program;
