using Crm.Web;
using Crm.Web.Features.Accounts.Owner;
using Crm.Web.Features.Exchange.OnlineRetail;
using Crm.Web.Features.Insights;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;

var blueprint = new AppBlueprint(
    addServices: builder => builder.Services.AddCrm(),
    prepare: (services, ct) => services.PrepareCrmAsync(ct),
    open: (services, ct) => services.OpenCrmAsync(ct),
    map: app => app.MapCrm());

var commands = new CommandLine([new ServeCommand(blueprint), new OnlineRetailImportCommand(blueprint), new FiguresCommand(blueprint), new CreateOwnerCommand(blueprint)]);
return await commands.RunAsync(args, CancellationToken.None);

/// <summary>Named so that the in-process test host can point at this app.</summary>
public partial class Program;
