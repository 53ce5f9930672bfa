using System.Net;
using System.Net.Mail;
using Crm.Web.Platform.Outbox;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>Hands mails to the shop's SMTP server, one connection each (docs/decisions/0019-mail-by-smtpclient.md).</summary>
public sealed class SmtpTransport(IOptions<MailOptions> options) : IEmailTransport
{
    // the shop's own sign-in or encryption is at fault, not the mail: these pass when the settings are mended
    private static readonly int[] Settings = [530, 534, 535, 538];

    public string? WhyNotReady => options.Value.HasServer ? null : "Mail:Host names no server";

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.StartTls, UseDefaultCredentials = false };
        if (!string.IsNullOrEmpty(server.UserName)) client.Credentials = new NetworkCredential(server.UserName, server.Password);
        using var message = mail.ToMessage();
        try
        {
            await client.SendMailAsync(message, ct).WaitAsync(ct);
        }
        catch (SmtpException refusal) when (IsForGood(refusal))
        {
            throw new DeliveryRefusedException($"The mail server refused it for good: {(int)refusal.StatusCode} {refusal.Message}", refusal);
        }
    }

    private static bool IsForGood(SmtpException refusal) => (int)refusal.StatusCode is >= 500 and <= 599 and var code && !Settings.Contains(code);
}
