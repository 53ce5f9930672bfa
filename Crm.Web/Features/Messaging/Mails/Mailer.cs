using Crm.Data;
using Crm.Web.Platform.Outbox;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>Posts mails into the transaction of what they tell of.</summary>
public sealed class Mailer(OutboxWriter outbox)
{
    /// <summary>The outbox channel of mails.</summary>
    public const string Channel = "mail";

    /// <summary>Adds a mail to the caller's context; it leaves after the commit, once for each key.</summary>
    /// <param name="key">Says which mail about which row: "verify-email:{tokenId}".</param>
    /// <param name="toEmail">One plain address.</param>
    /// <param name="language">What the recipient reads, as "fr" or "fr-CA"; English where there are no words in it.</param>
    public void Post(CrmDbContext db, string key, string toEmail, string toName, Mail mail, string language = "en") =>
        outbox.Post(db, Channel, key, new MailEnvelope(toEmail, toName, language, mail));
}

/// <summary>A mail and whom it goes to, as it waits in the outbox.</summary>
public sealed record MailEnvelope(string ToEmail, string ToName, string Language, Mail Mail);
