using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>A mail in words, as a transport hands it over.</summary>
/// <param name="Id">The left side of its Message-ID: the same at every try, so that a mailbox can tell a repeat.</param>
public sealed record OutgoingMail(string Id, string FromEmail, string FromName, string ToEmail, string ToName, string Subject, string Html, string Text)
{
    /// <summary>Made from an outbox key, which it does not give away.</summary>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40];

    /// <summary>As it goes over the wire: text first, HTML beside it, and a note to robots not to answer.</summary>
    public MailMessage ToMessage()
    {
        var message = new MailMessage(new MailAddress(FromEmail, OneLine(FromName), Encoding.UTF8), new MailAddress(ToEmail, OneLine(ToName), Encoding.UTF8))
        {
            Subject = OneLine(Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{Id}@{message.From!.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(View(Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(Html, MediaTypeNames.Text.Html));
        return message;
    }

    /// <summary>A header ends where its line ends, so nothing in it may end a line.</summary>
    internal static string OneLine(string text)
    {
        var kept = new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Trim();
        return kept.Length <= 200 ? kept : kept[..200];
    }

    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
