using System.ComponentModel.DataAnnotations;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>The server that takes the shop's mail, and who it is from. Section <c>Mail</c>.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Name of the SMTP server. Empty: mails wait, or land in a folder while developing.</summary>
    public string? Host { get; set; }

    /// <summary>587 speaks plainly first and then STARTTLS; TLS from the first byte (465) is not spoken here.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public string? UserName { get; set; }
    public string? Password { get; set; }

    /// <summary>Whether the connection must be encrypted; a server that cannot is then not used.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>The address that mails are from.</summary>
    public string? From { get; set; }

    /// <summary>The name beside it; empty is the shop's name.</summary>
    public string? FromName { get; set; }

    public bool HasServer => !string.IsNullOrWhiteSpace(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(From) && !EmailAddress.IsValid(From)) yield return new("is not an e-mail address.", [nameof(From)]);
        if (HasServer && string.IsNullOrWhiteSpace(From)) yield return new("must be set beside Mail:Host.", [nameof(From)]);
        if (HasServer && Port == 465) yield return new("465 wants TLS from the first byte; use 587 with STARTTLS.", [nameof(Port)]);
        if (HasServer && !StartTls && !string.IsNullOrEmpty(Password)) yield return new("must be true where a password is sent.", [nameof(StartTls)]);
    }
}
