using System.Net;
using System.Net.Mail;
using System.Net.Security;
using System.Security.Authentication;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Outbox;
using Microsoft.Extensions.Options;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>A real conversation over a socket with a server that says what real ones say.</summary>
public class SmtpTransportTests
{
    private static readonly OutgoingMail Sample =
        new("abc123", "shop@shop.example", "Baobab Market", "olayinka@example.com", "Ọláyínká Adébáyọ̀", "Ọláyínká, welcome", "<p>Ẹ káàbọ̀</p>", "Ẹ káàbọ̀\r\n.a line with a dot\r\nend");

    static SmtpTransportTests()
    {
        // The tests' own certificate is trusted by its thumbprint, and no other that is bad.
#pragma warning disable SYSLIB0014 // the only place where SmtpClient can be told
        ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == SslPolicyErrors.None || (Trusted && certificate?.GetCertHashString() == SmtpServer.Certificate.GetCertHashString());
#pragma warning restore SYSLIB0014
    }

    private static bool Trusted { get; set; }

    [Fact]
    [Trait("contract", "M-120")]
    [Trait("contract", "M-152")]
    public async Task A_mail_goes_encrypted_and_signed_in_and_arrives_whole()
    {
        await using var server = new SmtpServer();

        await SendAsync(server, o => (o.UserName, o.Password) = ("shop", "sesame"));

        var mail = Assert.Single(server.Mails);
        var encryptedFrom = server.Heard.TakeWhile(line => !line.StartsWith('*')).ToList();
        Assert.Equal("STARTTLS", encryptedFrom[^1]);
        Assert.DoesNotContain(encryptedFrom, line => line.StartsWith("AUTH") || line.StartsWith("MAIL"));
        Assert.Contains(server.Heard, line => line == $"*{Convert.ToBase64String("sesame"u8)}");
        Assert.Contains("*MAIL FROM:<shop@shop.example>", server.Heard);
        Assert.Contains("*RCPT TO:<olayinka@example.com>", server.Heard);

        var read = MimeMail.Read(mail);
        Assert.Equal("Ọláyínká, welcome", read.Header("Subject"));
        Assert.Equal("<abc123@shop.example>", read.Header("Message-ID"));
        Assert.Equal("auto-generated", read.Header("Auto-Submitted"));
        Assert.Contains("Ọláyínká Adébáyọ̀", read.Header("To"));
        Assert.False(read.Has("List-Unsubscribe"));
        Assert.StartsWith("multipart/alternative", read.Header("Content-Type"));
        Assert.Equal(["text/plain", "text/html"], read.Parts.Select(p => p.Type));
        Assert.Equal(Sample.Text, read.Parts[0].Content.TrimEnd());
        Assert.Equal(Sample.Html, read.Parts[1].Content.TrimEnd());
    }

    [Fact]
    public async Task A_server_that_cannot_encrypt_gets_nothing()
    {
        await using var server = new SmtpServer { OffersStartTls = false };

        await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server));

        Assert.DoesNotContain(server.Heard, line => line.StartsWith("MAIL"));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_nothing()
    {
        await using var server = new SmtpServer();

        var failure = await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server, trusted: false));

        Assert.IsType<AuthenticationException>(failure.GetBaseException());
        Assert.DoesNotContain(server.Heard, line => line.Contains("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RCPT", "550 no such user here")]
    [InlineData("MAIL", "553 we do not know this sender")]
    [InlineData("DATA", "554 no")]
    [InlineData(".", "552 too much")]
    public async Task A_refusal_by_five_hundred_is_for_good(string at, string answer)
    {
        await using var server = new SmtpServer { Says = { [at] = answer } };

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(server));

        Assert.Contains(answer[..3], refusal.Message);
    }

    [Theory]
    [InlineData("RCPT", "450 mailbox busy")]
    [InlineData("RCPT", "452 mailbox full")]
    [InlineData(".", "451 try later")]
    [InlineData("MAIL", "530 sign in first")]
    [InlineData("CONNECT", "421 come back later")]
    [InlineData("EHLO", null)]
    [InlineData("RCPT", null)]
    [InlineData(".", null)]
    public async Task What_may_pass_is_no_refusal(string at, string? answer)
    {
        await using var server = new SmtpServer { Says = { [at] = answer } };

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(server));

        Assert.IsNotType<DeliveryRefusedException>(failure);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_when_the_time_is_up()
    {
        await using var server = new SmtpServer { IsMute = true };
        using var limit = new CancellationTokenSource();

        var sending = SendAsync(server, ct: limit.Token);
        await server.Called;
        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Nobody_there_is_no_refusal()
    {
        var server = new SmtpServer();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<SmtpException>(() => SendAsync(server));
    }

    [Theory]
    [InlineData("Efua\r\nBcc: spy@example.org", "Hello")]
    [InlineData("Efua", "Hello\r\nBcc: spy@example.org\r\n\r\nbody")]
    [InlineData("Efua\u2028Bcc: spy@example.org", "Hello\nX-Injected: 1")]
    [InlineData("Efua\" <spy@example.org>, \"x", "Hello\0")]
    public async Task No_header_can_be_smuggled_in(string name, string subject)
    {
        await using var server = new SmtpServer();

        await SendAsync(server, mail: Sample with { ToName = name, Subject = subject });

        Assert.Equal(["*RCPT TO:<olayinka@example.com>"], server.Heard.Where(l => l.StartsWith("*RCPT")));
        var read = MimeMail.Read(Assert.Single(server.Mails));
        Assert.False(read.Has("Bcc") || read.Has("X-Injected"));
        Assert.Contains("<olayinka@example.com>", read.Header("To"));
        Assert.Equal(2, read.Parts.Count);
    }

    private static async Task SendAsync(SmtpServer server, Action<MailOptions>? change = null, bool trusted = true, OutgoingMail? mail = null, CancellationToken ct = default)
    {
        var options = new MailOptions { Host = "localhost", Port = server.Port, From = "shop@shop.example" };
        change?.Invoke(options);
        Trusted = trusted;
        await new SmtpTransport(Options.Create(options)).SendAsync(mail ?? Sample, ct);
    }
}
