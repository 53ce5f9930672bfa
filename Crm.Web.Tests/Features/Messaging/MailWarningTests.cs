using Crm.Web.Tests.Platform.Hosting;

namespace Crm.Web.Tests.Features.Messaging;

/// <summary>A shop that cannot send mail, that nobody owns, or whose keys lie open, says so when it opens.</summary>
public class MailWarningTests
{
    [Fact]
    [Trait("contract", "M-058")]
    public async Task Without_an_owner_a_mail_server_or_a_key_the_start_says_so_in_a_line_each()
    {
        await using var app = AppProcess.Start("--urls=http://127.0.0.1:0 --no-demo", ("ASPNETCORE_ENVIRONMENT", "Production"));
        Assert.StartsWith("The shop is open at ", await app.ReadLineAsync(default));
        Assert.Equal("  Warning: this shop has no owner who can sign in. Make one with ./run create-owner.", await app.ReadLineAsync(default));
        Assert.Equal("  Warning: no mail is sent, since Mail:Host names no server. Mails wait until it does.", await app.ReadLineAsync(default));
        Assert.StartsWith("  Warning: keys lie unencrypted in the database. Set CRM__Protection__Key ", await app.ReadLineAsync(default));
        app.AskToStop();
        Assert.Equal(0, (await app.EndAsync(default)).ExitCode);
    }
}
