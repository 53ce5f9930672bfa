using System.Reflection;
using System.Text.Json.Serialization;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Typed;
using Crm.Web.Platform.Web;
using Microsoft.Extensions.Options;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>Puts a posted mail into words when it leaves, and hands it to the transport.</summary>
public sealed class MailChannel(
    IEmailTransport transport, MailTemplates templates, MailValues values, PublicAddress address, Shop shop, IOptions<MailOptions> options) : IOutboxChannel
{
    private static readonly IReadOnlyDictionary<Type, string> Names = typeof(Mail).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    public string Name => Mailer.Channel;

    public string? WhyNotReady => transport.WhyNotReady ?? (address.Known is null ? "Web:PublicAddress does not say where links lead" : null);

    public async Task SendAsync(OutboxDelivery delivery, CancellationToken ct) =>
        await transport.SendAsync(Write(delivery.Key, delivery.Read<MailEnvelope>()), ct);

    public string Describe(OutboxDelivery delivery)
    {
        if (Envelope(delivery) is not { } envelope) return delivery.Key;
        var name = Names[envelope.Mail.GetType()].Replace('-', ' ');
        return $"{char.ToUpperInvariant(name[0])}{name[1..]} to {envelope.ToEmail}";
    }

    public DateTime? EndOf(OutboxDelivery delivery) => Envelope(delivery)?.Mail.Life is { } life ? delivery.PostedAt + life : null;

    public string Blank(OutboxDelivery delivery) =>
        Envelope(delivery) is { } envelope ? OutboxDelivery.Write(envelope with { Mail = envelope.Mail.WithoutSecret() }) : "";

    /// <summary>The mail as it will be read.</summary>
    /// <exception cref="DeliveryRefusedException">It cannot be written: a bad address, a link that leads away.</exception>
    internal OutgoingMail Write(string key, MailEnvelope envelope)
    {
        if (!EmailAddress.IsValid(envelope.ToEmail)) throw new DeliveryRefusedException("The address cannot be one.");
        var name = Names[envelope.Mail.GetType()];
        var language = MailTemplates.LanguageFor(name, envelope.Language);
        try
        {
            var words = templates.Render(name, language, values.Of(envelope.Mail, language));
            var from = string.IsNullOrWhiteSpace(options.Value.From) ? "shop@localhost.localdomain" : options.Value.From;
            var fromName = string.IsNullOrWhiteSpace(options.Value.FromName) ? shop.Settings.Name : options.Value.FromName;
            return new OutgoingMail(OutgoingMail.IdOf(key), from, fromName, envelope.ToEmail.Trim(), envelope.ToName, words.Subject, words.Html, words.Text);
        }
        catch (ArgumentException failure)
        {
            throw new DeliveryRefusedException(failure.Message, failure);
        }
    }

    // null when it was emptied, or is none
    private static MailEnvelope? Envelope(OutboxDelivery delivery)
    {
        try
        {
            return delivery.Read<MailEnvelope>() is { Mail: not null } envelope ? envelope : null;
        }
        catch (DeliveryRefusedException)
        {
            return null;
        }
    }
}
