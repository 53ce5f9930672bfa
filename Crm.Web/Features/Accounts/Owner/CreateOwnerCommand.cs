using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Hosting;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Owner;

/// <summary><c>./run create-owner</c>: makes the account of an owner, the first one of a new shop above all.</summary>
public sealed class CreateOwnerCommand(AppBlueprint blueprint) : ICommand
{
    public const string CommandName = "create-owner";

    public string Name => CommandName;
    public string Summary => "Make an owner's account: asks for e-mail, name and password.";
    public IReadOnlyList<CommandOption> Options => AppArguments.Options;

    public IReadOnlyList<string> Notes { get; } =
    [
        $"Nothing is asked for what stands in {OwnerQuestions.Email}, {OwnerQuestions.Name} and {OwnerQuestions.Password}.",
        "Without a terminal all three must be set.",
    ];

    public Task<int> RunAsync(CommandArguments arguments, CancellationToken ct)
    {
        var wanted = OwnerQuestions.OfConsole().Answers();
        return blueprint.RunOnceAsync(arguments, async (services, stop) =>
        {
            if ((await services.GetRequiredService<OwnerSetup>().CreateAsync(wanted, stop)).Failed(out var refusal, out _)) throw new StartException(Line(refusal));
            await Console.Out.WriteLineAsync("The owner's account is ready: sign in with its e-mail address.".AsMemory(), stop);
            return 0;
        }, ct);
    }

    private static string Line(Error refusal) => refusal is InvalidError { All.Count: > 0 } many ? string.Join(" ", many.All.Select(c => c.Message)) : refusal.Message;
}
