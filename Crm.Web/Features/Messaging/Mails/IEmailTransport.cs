using Crm.Web.Platform.Outbox;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>Carries mails away: over SMTP, or into a folder while developing.</summary>
public interface IEmailTransport
{
    /// <summary>What is missing before anything can be carried; null is well.</summary>
    string? WhyNotReady { get; }

    /// <summary>Hands a mail over. A refusal for good is a <see cref="DeliveryRefusedException"/>; whatever else is thrown may pass.</summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}
