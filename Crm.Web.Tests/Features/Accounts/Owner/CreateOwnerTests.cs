using Crm.Data.Live;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Owner;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Commands;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Owner;

/// <summary>The first owner comes from the command line.</summary>
[Trait("contract", "M-048")]
public sealed class CreateOwnerTests
{
    private const string Good = "Yam-and-plantain-7";
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task It_makes_an_account_that_signs_in_as_owner_and_is_audited(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind, arrange: TestPeople.RemoveAccountsAsync);
        Assert.False(await site.Get<OwnerSetup>().HasOwnerAsync(Ct));

        var id = (await site.Get<OwnerSetup>().CreateAsync(new NewOwner(" Wanjiku@duka.example ", "Wanjiku  wa Ngũgĩ", Good), Ct)).Value;

        Assert.True(await site.Get<OwnerSetup>().HasOwnerAsync(Ct));
        using var browser = site.Browser();
        await browser.SignInAsync("wanjiku@duka.example", Good);
        await browser.GoAsync("/");
        Assert.Equal("/today", browser.Location);
        await using var db = site.Open();
        var user = await db.Users.SingleAsync(u => u.Id == id, Ct);
        Assert.Equal(("Wanjiku", "wa Ngũgĩ", "Wanjiku@duka.example"), (user.FirstName, user.LastName, user.Email));
        Assert.Equal("create-owner", await db.AuditEntries.Where(a => a.EntityId == id).Select(a => a.ActorName).FirstAsync(Ct));
        Assert.DoesNotContain(await db.AuditEntries.Select(a => a.After).ToListAsync(Ct), after => after?.Contains("argon2", StringComparison.Ordinal) is true);
    }

    [Theory, BothDatabases]
    public async Task A_known_address_is_refused_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db);

        var answer = await shop.Get<OwnerSetup>().CreateAsync(new NewOwner("ACHIENG@example.com", "Somebody", Good), Ct);

        Assert.Contains("has an account here already", Assert.IsType<AddressTaken>(answer.Error).Message, StringComparison.Ordinal);
        Assert.Equal(before, await TableContents.ReadAsync(db));
    }

    [Theory, BothDatabases]
    public async Task The_password_rule_holds_here_too(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var answer = await shop.Get<OwnerSetup>().CreateAsync(new NewOwner("nobody", " ", "short"), Ct);

        var complaints = Assert.IsType<InvalidError>(answer.Error).All;
        Assert.Equal(["Email", "Name", "Password"], complaints.Select(c => c.Field).Distinct());
        Assert.Contains(complaints, c => c.Message == PasswordRule.Complaints("short")[0]);
    }

    [Theory, BothDatabases]
    public async Task The_command_reads_the_environment_and_says_one_line(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var connection = kind is DatabaseKind.Postgres ? await TestDatabases.MakeAsync(kind) : CrmDatabase.SqliteFile(folder["shop.db"]);
        try
        {
            (string, string)[] environment =
            [
                (OwnerQuestions.Email, "wanjiku@duka.example"), (OwnerQuestions.Name, "Wanjiku"), (OwnerQuestions.Password, Good),
                kind is DatabaseKind.Postgres ? ("CRM__Storage__Postgres", connection) : ("CRM__Storage__DataDirectory", folder.Path),
            ];
            await using var first = AppProcess.Start(CreateOwnerCommand.CommandName, environment);
            var done = await first.EndAsync(Ct);
            Assert.Equal((0, "The owner's account is ready: sign in with its e-mail address."), (done.ExitCode, done.Output.TrimEnd()));

            await using var second = AppProcess.Start(CreateOwnerCommand.CommandName, environment);
            var refused = await second.EndAsync(Ct);
            Assert.Equal(CommandLine.Failed, refused.ExitCode);
            Assert.StartsWith("run: wanjiku@duka.example has an account here already.", refused.OnlyError, StringComparison.Ordinal);

            await using var database = new CrmDatabase(kind, connection, TimeProvider.System, NoChangeSink.Instance);
            await using var db = database.Open(Actor.System("test"));
            Assert.True(await db.Users.AnyAsync(u => u.NormalizedEmail == "WANJIKU@DUKA.EXAMPLE" && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(o => o.Id == r.RoleId && o.Name == Roles.Owner)), Ct));
        }
        finally
        {
            if (kind is DatabaseKind.Postgres) await TestDatabases.DropAsync(kind, connection);
        }
    }

    [Fact]
    public async Task Without_a_terminal_and_variables_it_says_what_to_set()
    {
        await using var app = AppProcess.Start(CreateOwnerCommand.CommandName, (OwnerQuestions.Name, "Wanjiku"));

        var end = await app.EndAsync(Ct);

        Assert.Equal(CommandLine.Misused, end.ExitCode);
        Assert.Equal("run: there is no terminal to ask at: set CRM_OWNER_EMAIL, CRM_OWNER_PASSWORD. See ./run create-owner --help.", end.OnlyError);
    }

    [Fact]
    public void At_a_terminal_only_what_is_missing_is_asked_and_the_password_twice()
    {
        var asked = new List<string>();
        var questions = new OwnerQuestions(name => name == OwnerQuestions.Name ? "Wanjiku" : null, true, Answer("w@duka.example"), Answer(Good));

        Assert.Equal(new NewOwner("w@duka.example", "Wanjiku", Good), questions.Answers());
        Assert.Equal(["E-mail: ", "Password: ", "The same again: "], asked);

        Func<string, string?> Answer(string answer) => question =>
        {
            asked.Add(question);
            return answer;
        };
    }

    [Fact]
    public void Two_different_passwords_and_an_early_end_are_refused()
    {
        var typed = new Queue<string>([Good, "Other-one-8"]);
        Assert.Throws<UsageException>(() => new OwnerQuestions(_ => null, true, _ => "x", _ => typed.Dequeue()).Answers());
        Assert.Throws<UsageException>(() => new OwnerQuestions(_ => null, true, _ => null, _ => Good).Answers());
    }

    [Fact]
    public async Task The_help_names_the_variables()
    {
        var output = new StringWriter();
        await new CommandLine([new CreateOwnerCommand(null!)], output).RunAsync([CreateOwnerCommand.CommandName, "--help"], Ct);
        Assert.All(new[] { OwnerQuestions.Email, OwnerQuestions.Name, OwnerQuestions.Password }, name => Assert.Contains(name, output.ToString(), StringComparison.Ordinal));
    }
}
